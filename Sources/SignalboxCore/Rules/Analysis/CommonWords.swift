/// Counts in past tickets the words that decide alone: those of rules that ask for nothing else, and where the file has
/// `keywords of queues` the keywords of queues. One that stands in many tickets tells nothing.
package struct CommonWords: Sendable {
  private struct Word: Sendable {
    let rule: Literal?
    /// Of the keyword.
    let queue: String?
    let line: Int
    let text: String
    let field: Field
    let pattern: Int32
    var count = 0
  }

  private var automaton = WordAutomaton()
  private var words: [Word] = []
  private(set) package var ticketCount = 0

  package init(_ checked: CheckedRuleSet, keywords: [QueueKeywords]) {
    var table = AtomTable(lists: checked.ruleSet.lists)
    for phase in checked.ruleSet.phases {
      for element in phase.elements {
        switch element {
        case .rule(let rule):
          for conjunct in table.conjuncts(of: rule.condition) ?? [] { add(conjunct, of: rule.name, table) }
        case .keywords(let element):
          for queue in keywords { for word in queue.keywords { add(word, of: queue.queue, element.span.line) } }
        case .otherwise: continue
        }
      }
    }
  }

  private mutating func add(_ conjunct: [SignedAtom], of rule: Literal, _ table: AtomTable) {
    guard conjunct.count == 1, let signed = conjunct.first, signed.isTrue,
      case .field(let field) = table.entries[signed.atom].subject, [.subject, .body, .text].contains(field),
      case .anyWordOf(let phrases) = table.entries[signed.atom].demand
    else { return }
    for phrase in phrases {
      guard let pattern = automaton.add(phrase) else { continue }
      words.append(
        Word(rule: rule, queue: nil, line: rule.span.line, text: phrase, field: field, pattern: pattern))
    }
  }

  private mutating func add(_ keyword: String, of queue: String, _ line: Int) {
    guard let pattern = KeywordScoring.pattern(of: keyword, in: &automaton) else { return }
    words.append(Word(rule: nil, queue: queue, line: line, text: keyword, field: .text, pattern: pattern))
  }

  /// Whether there is anything to count.
  package var isEmpty: Bool { words.isEmpty }

  /// Looks at one past ticket.
  package mutating func count(subject: String, body: String) {
    ticketCount += 1
    var hits = WordHits()
    automaton.scan(FoldedText(subject), field: .subject, into: &hits)
    automaton.scan(FoldedText(body), field: .body, into: &hits)
    guard !hits.hits.isEmpty else { return }
    for index in words.indices where hits.contains(words[index].pattern, in: words[index].field) {
      words[index].count += 1
    }
  }

  /// None while there are few tickets.
  package func findings() -> [RuleFinding] {
    guard ticketCount >= RuleLimits.commonWordTickets else { return [] }
    let common = words.filter { $0.count * 100 > ticketCount * LintQueueRegistration.commonPercent }
    return common.prefix(RuleLimits.findings).map { word in
      var facts = RoutingFacts.ordinary
      if word.field == .body { facts.body = word.text } else { facts.subject = word.text }
      let what = word.queue.map { "keyword `\(word.text)` of queue `\($0)`" } ?? "`\(word.text)`"
      var finding = RuleFinding(
        .commonWord, rule: word.rule,
        "\(what) stands in \(word.count) of \(ticketCount) past tickets, more than \(LintQueueRegistration.commonPercent) %, "
          + "and decides alone; choose a narrower word or a phrase",
        witness: WitnessTicket(facts), count: word.count, outOf: ticketCount)
      finding.line = word.line
      return finding
    }
  }
}
