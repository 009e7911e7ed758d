import ArgumentParser
import SignalboxClient

/// The flags that take many tickets from a file.
struct TicketFileOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp("Open all tickets of this file; - is standard input.", valueName: "file"), completion: .file())
  var from: String?

  @Option(
    help: ArgumentHelp("Key that names the queue a ticket should go to; the result is compared.", valueName: "key"))
  var expectField: String?

  @Option(
    help: ArgumentHelp("End with 1 when less than this share went where it should, 0.7 for 70 %.", valueName: "share"))
  var minimumShare: Double?

  func validate() throws {
    if expectField != nil, from == nil { throw ValidationError("--expect-field needs --from") }
    if minimumShare != nil, expectField == nil { throw ValidationError("--minimum-share needs --expect-field") }
    if let minimumShare, !(0...1).contains(minimumShare) { throw ValidationError("--minimum-share takes 0 to 1") }
  }
}

/// One ticket of a file, and the queue it should go to where the file says so.
struct TicketDraft: Sendable {
  var line: Int
  var request: CreateTicketRequest
  var expectedQueue: String?

  /// Throws for the first line that is no ticket.
  static func read(_ text: String, file: String, expectField: String?) throws -> [TicketDraft] {
    try JSONLines.read(text, file: file).map { object in
      var request = CreateTicketRequest()
      request.subject = try object.required("subject")
      request.body = try object.text("body")
      request.requester = try object.text("requester")
      request.channel = try object.text("channel")
      request.category = try object.text("category")
      request.resource = try object.text("resource")
      request.tags = try object.list("tags")
      request.priority = try object.choice("priority") ?? .unspecified
      request.fields = try object.texts("fields")
      request.type = try object.text("type")
      let expected = try expectField.map { try object.text($0) } ?? ""
      return TicketDraft(line: object.line, request: request, expectedQueue: expected.isEmpty ? nil : expected)
    }
  }
}
