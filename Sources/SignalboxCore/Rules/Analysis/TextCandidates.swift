/// Texts of which all of some demands may be true and none of others; each is to be tried.
struct TextCandidates {
  /// Nil for a field that is absent.
  var values: [String?]
  /// Whether there can be no other that meets them.
  var areAll: Bool

  /// For a field on which nothing else depends.
  init(_ positives: [Demand], _ negatives: [Demand], mayBeAbsent: Bool) {
    if positives.contains(where: \.isAbsence) {
      self.init(values: [nil], areAll: true)
    } else if let known = Self.known(positives) {
      self.init(values: known.values, areAll: known.isWhole)
    } else if let value = Self.denied(negatives) {
      self.init(values: mayBeAbsent ? [nil, value] : [value], areAll: true)
    } else {
      let isFree = positives.isEmpty && mayBeAbsent
      self.init(values: (isFree ? [nil] : []) + Self.made(positives, negatives), areAll: false)
    }
  }

  private init(values: [String?], areAll: Bool) {
    self.values = values
    self.areAll = areAll
  }

  /// The shortest list of values that it must be one of.
  private static func known(_ positives: [Demand]) -> Demand? {
    let known = positives.filter { if case .oneOf = $0.ask { true } else { false } }
    return known.filter(\.isWhole).min { $0.count < $1.count } ?? known.first
  }

  /// `not x != "v"`: absent or just this.
  private static func denied(_ negatives: [Demand]) -> String? {
    for case .notEquals(let value) in negatives.map(\.ask) { return value }
    return nil
  }

  /// Each positive demand gets a part of the text.
  static func made(_ positives: [Demand], _ negatives: [Demand]) -> [String] {
    var start = ""
    var end = ""
    var parts: [String] = []
    var numbers: [String] = []
    for demand in positives {
      switch demand.ask {
      case .startsWith(let part): if part.utf8.count > start.utf8.count { start = part }
      case .endsWith(let part): if part.utf8.count > end.utf8.count { end = part }
      case .contains(let part): parts.append(part)
      case .allWordsOf(let phrases), .near(let phrases, _): parts.append(phrases.joined(separator: " "))
      case .anyWordOf(let phrases):
        let harmless = phrases.first { phrase in
          let value = CustomValue(phrase)
          return !negatives.contains { $0.holds(value) }
        }
        if let phrase = harmless ?? phrases.first { parts.append(phrase) }
      case .ordered(_, let bound): numbers += Self.around(bound)
      case .oneOf, .notEquals, .absent: break
      }
    }
    guard numbers.isEmpty else { return numbers }
    // Parts that stand in others already need no place of their own.
    let whole = ([start] + parts + [end]).filter { !$0.isEmpty }
    let needed = whole.filter { !$0.isEmpty }.joined(separator: " ")
    var made = [needed, start + parts.joined(separator: " ") + end, start, end].filter { !$0.isEmpty }
    made += fillers.map {
      needed.isEmpty ? $0 : "\(start.isEmpty ? "\($0) " : "")\(needed)\(end.isEmpty ? " \($0)" : "")"
    }
    if positives.isEmpty { made.insert("", at: 0) }
    return made
  }

  private static let fillers = ["something", "zq", "7"]

  /// Numbers next to a bound; between whole ones too.
  private static func around(_ bound: String) -> [String] {
    guard let whole = Int(bound.prefix { $0 != "." }), whole.magnitude < RuleLimits.integer else { return [bound] }
    return [
      bound, String(whole + 1), String(whole - 1), "\(whole).5", "\(bound)\(bound.contains(".") ? "" : ".")01", "0",
    ]
  }
}
