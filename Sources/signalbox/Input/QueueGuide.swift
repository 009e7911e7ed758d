import SignalboxClient

/// Asks on the terminal, field by field, for what the command line left out of a registration.
struct QueueGuide {
  /// Times that a field is asked for before giving up on it.
  private static let attempts = 3

  private let surroundings: Surroundings

  init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  func complete(_ request: inout RegisterQueueRequest) throws {
    if request.name.isEmpty { request.name = try required("name of the queue") }
    if request.kind == .unspecified { request.kind = try kind() }
    if request.organization.isEmpty { request.organization = try required("organization that asks for it") }
    if request.description_p.isEmpty { request.description_p = ask("what belongs there, in a sentence") ?? "" }
    if request.agents.isEmpty { request.agents = list("agents, who handle its tickets: handles") }
    if request.defaultAssignee.isEmpty, !request.agents.isEmpty {
      request.defaultAssignee = ask("which of them gets new tickets (nobody when left empty)") ?? ""
    }
    if request.watchers.isEmpty { request.watchers = list("watchers, who get e-mail: handles or addresses") }
    if request.keywords.isEmpty { request.keywords = list("keywords, words and phrases that tell what belongs there") }
  }

  /// The last question, once the findings are known; throws unless the answer is yes or draft.
  func confirm(_ request: inout RegisterQueueRequest) throws {
    switch ask("ask for it like this? yes, no, or draft to keep it for later")?.lowercased() {
    case "y", "yes": break
    case "d", "draft": request.draft = true
    default: throw CommandFailure(.answeredNo, "nothing was sent")
    }
  }

  private func kind() throws -> QueueKind {
    let words = Choice<QueueKind>.allValueStrings.joined(separator: ", ")
    for _ in 0..<Self.attempts {
      if let choice = Choice<QueueKind>(argument: try required("kind: \(words)")) { return choice.value }
      surroundings.writeError("it is one of \(words)\n")
    }
    throw CommandFailure(.usage, "no kind was given", hint: "name it with --kind")
  }

  private func required(_ what: String) throws -> String {
    for _ in 0..<Self.attempts {
      guard let answer = ask(what) else { break }
      if !answer.isEmpty { return answer }
      surroundings.writeError("it is needed\n")
    }
    throw CommandFailure(.usage, "no answer was given, so nothing was sent", hint: "give it on the command line")
  }

  /// Separated by commas, so that a keyword may be a phrase.
  private func list(_ what: String) -> [String] {
    (ask("\(what), with commas between") ?? "").split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  /// Nil at the end of input.
  private func ask(_ what: String) -> String? {
    surroundings.writeError("\(what): ")
    return surroundings.readAnswer()?.trimmed
  }
}
