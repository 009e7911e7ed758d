@testable import SignalboxCore

/// A ticket as the naive interpreter wants it, each text lowered and split once, so that many tickets can be tried.
final class NaiveTicket {
  struct Text {
    let lowered: String
    let words: [String]

    init(_ text: String) {
      lowered = text.lowercased()
      words = lowered.split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
  }

  private let facts: RoutingFacts
  private var known: [Field: [Text]] = [:]

  init(_ facts: RoutingFacts) { self.facts = facts }

  /// None for an absent field, two for `text`, one for each tag.
  func texts(_ field: Field) -> [Text] {
    if let texts = known[field] { return texts }
    let texts = NaiveRules.texts(field, facts).map(Text.init)
    known[field] = texts
    return texts
  }
}
