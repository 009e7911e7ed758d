import ArgumentParser
import SignalboxClient

/// Something of an input file and the line it stood in, from 1.
struct Numbered<Value: Sendable>: Sendable {
  var line: Int
  var value: Value
}

/// The flags of a command that can take many things from a file.
struct FromOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp("Make all that this file holds; - is standard input.", valueName: "file"), completion: .file())
  var from: String?

  @Flag(help: "With --from: what exists already is no failure.")
  var skipExisting = false

  /// Throws unless the command line names either one thing or a file.
  func requireEither(_ one: Bool, _ name: String, excluded: Bool) throws {
    guard one != (from != nil) else {
      throw ValidationError(one ? "give \(name) or --from, not both" : "give \(name) or --from FILE")
    }
    if from != nil, excluded {
      throw ValidationError("--from takes everything from the file; leave the other options out")
    }
    if from == nil, skipExisting { throw ValidationError("--skip-existing needs --from") }
  }

  /// Makes them all, tells each with a line in the order of the file, and gives those that were made. Throws when
  /// a line failed, after the others are done.
  func create<Request: Sendable, Response: Sendable>(
    _ requests: [Numbered<Request>], file: String, _ session: Session, _ format: OutputFormat,
    id: (Request) -> String, sentence: (Response) -> String,
    call: @escaping @Sendable (Request, Int) async throws -> Response
  ) async throws -> [Response] {
    var made: [Response] = []
    let skipExisting = skipExisting
    let bulk = Bulk(session: session, file: file)
    let outcome = try await bulk.run(
      requests, line: \.line,
      call: { request -> Response? in
        do {
          return try await call(request.value, request.line)
        } catch let error as ClientError where skipExisting && error.reason == .alreadyExists {
          return nil
        }
      },
      show: { request, result in
        guard case .success(let response) = result else { return }
        if let response { made.append(response) }
        guard format == .table else { return }
        let text = response.map(sentence) ?? "`\(id(request.value))` exists already"
        try session.surroundings.writeOutput(SafeText.line(text) + "\n")
      })
    try bulk.finish(outcome)
    return made
  }
}
