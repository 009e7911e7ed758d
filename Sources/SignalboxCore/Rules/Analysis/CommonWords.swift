/// Counts in past tickets the words that decide alone: those of rules that ask for nothing else, and where the file has
/// `keywords of queues` the keywords of queues. One that stands in many tickets tells nothing.
///
/// A comparison's words are kept once, however many rules make it, and at most `RuleLimits.commonWords` in all.
package struct CommonWords: Sendable {
  private struct Word: Sendable {
    let text: String
    let pattern: Int32
    let field: Field
    let group: Int
    var count = 0
  }

  /// What decides alone: a comparison of a rule, or the keywords of a queue.
  private struct Decider: Sendable {
    let rule: Literal?
    let queue: String?
    let line: Int
    /// Of its words.
    let group: Int
  }

  private var automaton = WordAutomaton()
  private var words: [Word] = []
  private var deciders: [Decider] = []
  private var groupCount = 0
  /// For each pattern where it stands in `words`.
  private var places: [[Int]] = []
  private(set) package var ticketCount = 0

  package init(_ checked: CheckedRuleSet, keywords: [QueueKeywords]) {
    var table = AtomTable(lists: NamedLists(checked.ruleSet.lists))
    /// By comparison.
    var known: [Int: Int] = [:]
    for phase in checked.ruleSet.phases {
      for element in phase.elements {
        switch element {
        case .rule(let rule):
          for conjunct in table.conjuncts(of: rule.condition) ?? [] {
            guard conjunct.count == 1, let signed = conjunct.first, signed.isTrue,
              case .anyWordOf(let atom) = table.entries[signed.atom].condition,
              [.subject, .body, .text].contains(atom.field)
            else { continue }
            let group = known[signed.atom] ?? add(table.literals(atom.words).lazy.map(\.value), in: atom.field)
            known[signed.atom] = group
            deciders.append(Decider(rule: rule.name, queue: nil, line: rule.name.span.line, group: group))
          }
        case .keywords(let element):
          for queue in keywords {
            let group = add(queue.keywords, in: .text, areKeywords: true)
            deciders.append(Decider(rule: nil, queue: queue.queue, line: element.span.line, group: group))
          }
        case .otherwise: continue
        }
      }
    }
    places = [[Int]](repeating: [], count: automaton.patternCount)
    for (place, word) in words.enumerated() { places[Int(word.pattern)].append(place) }
  }

  private mutating func add(_ texts: some Sequence<String>, in field: Field, areKeywords: Bool = false) -> Int {
    groupCount += 1
    for text in texts {
      guard words.count < RuleLimits.commonWords else { break }
      let pattern = areKeywords ? KeywordScoring.pattern(of: text, in: &automaton) : automaton.add(text)
      if let pattern { words.append(Word(text: text, pattern: pattern, field: field, group: groupCount)) }
    }
    return groupCount
  }

  /// How many are looked for.
  var wordCount: Int { words.count }
  /// Whether there is anything to count.
  package var isEmpty: Bool { words.isEmpty }

  /// Looks at one past ticket.
  package mutating func count(subject: String, body: String) {
    ticketCount += 1
    var hits = WordHits()
    automaton.scan(FoldedText(subject), field: .subject, into: &hits)
    automaton.scan(FoldedText(body), field: .body, into: &hits)
    for pattern in hits.patterns {
      for place in places[Int(pattern)] where hits.contains(pattern, in: words[place].field) { words[place].count += 1 }
    }
  }

  /// None while there are few tickets.
  package func findings() -> [RuleFinding] {
    guard ticketCount >= RuleLimits.commonWordTickets else { return [] }
    let common = Dictionary(
      grouping: words.filter { $0.count * 100 > ticketCount * LintQueueRegistration.commonPercent }, by: \.group)
    guard !common.isEmpty else { return [] }
    var findings: [RuleFinding] = []
    for decider in deciders {
      for word in common[decider.group] ?? [] {
        guard findings.count < RuleLimits.findings else { return findings }
        findings.append(finding(word, of: decider))
      }
    }
    return findings
  }

  private func finding(_ word: Word, of decider: Decider) -> RuleFinding {
    var facts = RoutingFacts.ordinary
    if word.field == .body { facts.body = word.text } else { facts.subject = word.text }
    let quoted = RuleFinding.quoted(word.text)
    let what = decider.queue.map { "keyword `\(quoted)` of queue `\($0)`" } ?? "`\(quoted)`"
    var finding = RuleFinding(
      .commonWord, rule: decider.rule,
      "\(what) stands in \(word.count) of \(ticketCount) past tickets, more than \(LintQueueRegistration.commonPercent) %, "
        + "and decides alone; choose a narrower word or a phrase",
      witness: WitnessTicket(facts), count: word.count, outOf: ticketCount)
    finding.line = decider.line
    return finding
  }
}
