import ArgumentParser
import SignalboxClient

/// The flags that say what is in one new ticket.
struct TicketDraftOptions: ParsableArguments, Sendable {
  /// The largest text that the protocol takes.
  static let maximumBodyBytes = 256 << 10

  @Option(help: ArgumentHelp("What it is about, in one line.", valueName: "text")) var subject: String?
  @Option(help: ArgumentHelp("The text.", valueName: "text")) var body: String?
  @Option(help: ArgumentHelp("File with the text, or - for standard input.", valueName: "path"), completion: .file())
  var bodyFile: String?
  @Option(help: ArgumentHelp("E-mail address of who asks.", valueName: "address")) var requester: String?
  @Option(help: ArgumentHelp("Way it came: web, email, api, chat, form, meeting, phone.", valueName: "channel"))
  var channel: String?
  @Option(help: ArgumentHelp("One of the tenant's categories.", valueName: "text")) var category: String?
  @Option(help: ArgumentHelp("Machine or service it is about.", valueName: "name")) var resource: String?
  @Option(name: .customLong("tag"), help: ArgumentHelp("Tag; repeat for more.", valueName: "text")) var tags: [String] =
    []
  @Option(help: "How urgent it is.") var priority: Choice<Priority>?
  @Option(help: ArgumentHelp("One of the tenant's ticket types.", valueName: "name")) var type: String?
  @OptionGroup var custom: CustomFieldOptions

  func validate() throws {
    if body != nil, bodyFile != nil { throw ValidationError("give --body or --body-file, not both") }
  }

  /// Whether any flag but the subject is given.
  var isUsed: Bool {
    let texts = [body, bodyFile, requester, channel, category, resource, type]
    return texts.contains { $0 != nil } || !tags.isEmpty || priority != nil || !custom.fields.isEmpty
  }

  func request(_ surroundings: Surroundings) throws -> CreateTicketRequest {
    var request = CreateTicketRequest()
    request.subject = subject ?? ""
    request.body = try bodyFile.map { try InputFile.text($0, surroundings, limit: Self.maximumBodyBytes) } ?? body ?? ""
    request.requester = requester ?? ""
    request.channel = channel ?? ""
    request.category = category ?? ""
    request.resource = resource ?? ""
    request.tags = tags
    request.priority = priority?.value ?? .unspecified
    request.fields = custom.values
    request.type = type ?? ""
    return request
  }
}
