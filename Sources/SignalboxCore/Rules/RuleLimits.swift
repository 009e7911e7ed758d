/// Every bound of the rules language, in one place.
package enum RuleLimits {
  /// UTF-8 bytes of one rule file.
  package static let sourceBytes = 4 << 20
  package static let rules = 10_000
  /// UTF-8 bytes of one rule, from its name to its closing brace.
  package static let ruleBytes = 64 << 10
  /// Comparisons in one rule.
  package static let atomsPerRule = 64
  /// Parentheses and `not`s around one comparison.
  package static let nesting = 16
  /// UTF-8 bytes of the name of a rule set, a rule, a list or a queue.
  package static let nameBytes = 200
  /// UTF-8 bytes of one string in a condition, a list or a queue's keywords.
  package static let patternBytes = 1_024
  /// Words in one phrase of `any word of`, `all words of` or a keyword.
  package static let phraseWords = 16
  /// UTF-8 bytes of the text after `because`.
  package static let becauseBytes = 1_024
  /// Work for finding rules of one phase that conflict: values compared, and pairs of rules. A set that asks for more is
  /// refused.
  package static let conflictSteps = 10_000_000
  /// Errors reported for one file; the rest is not looked for.
  package static let diagnostics = 20
  /// UTF-8 bytes of one field of a ticket that rules look at; equals the largest message of the protocol.
  package static let factBytes = 1 << 20
  /// Matches and skipped queues that a decision record keeps of each.
  package static let recordedItems = 64
  /// UTF-8 bytes of the actions that a decision record keeps of rules that fired.
  package static let recordedActionBytes = 32 << 10
  /// Bytes of an encoded decision record.
  package static let recordBytes = 256 << 10
  /// Characters of a field's value that an explanation quotes.
  package static let quotedCharacters = 120
  /// Largest margin of `keywords of queues`.
  package static let keywordMargin = 1_000_000
  /// Words or phrases of one `near`; words of its window.
  package static let nearPatterns = 16
  package static let nearWindow = 64
  /// Longest duration, in milliseconds: 3,650 days.
  package static let duration: Int64 = 3_650 * 24 * 60 * 60 * 1_000
  /// Largest whole number that a rule file compares with.
  package static let integer = 999_999_999
  /// Digits of a number in a custom field; a longer one is a text.
  package static let decimalDigits = 64
  /// Actions of one rule.
  package static let actionsPerRule = 32
  /// Skills that an assignment asks for.
  package static let skills = 16
  /// Largest N of `at most N`.
  package static let atMost = 1_000
  /// `test` blocks of a file; lines of `given` or `expect` in one.
  package static let tests = 1_000
  package static let testLines = 64
  /// Largest cost of all tests of a file together, as below.
  package static let testsBudget = 20_000_000
  /// Largest cost of one evaluation: comparisons made, and bytes read / 64. A ticket of 64 KiB with 10,000 rules of
  /// 64 comparisons each of whole values and words stays below it. `contains` reads the text once more: there is room
  /// for 970 of them that search 64 KiB, or for 10,000 that search 6 KiB.
  package static let budget = 1_000_000
  /// Bytes that are folded or searched, and words of a list that are looked for one by one, which cost as much as a
  /// comparison.
  package static let bytesPerAtom = 64
  package static let wordsPerAtom = 16
  /// What the analysis of a rule set looks into; what is larger gives no finding. Alternatives of one condition, values
  /// that are tried for one field, and conjuncts looked at for one rule and for the whole set. For the set some made-up
  /// tickets that are tried, and some of what an evaluation costs, count as much as a conjunct.
  package static let analysisConjuncts = 64
  package static let analysisCandidates = 256
  package static let analysisStepsPerRule = 512
  package static let analysisSteps = 40_000
  package static let analysisTicketsPerStep = 16
  package static let analysisCostPerStep = 1_024
  /// Updates after which rules that still change a ticket never come to rest.
  package static let analysisUpdates = 32
  /// Rules that are tried on every ticket, as from which there is a hint.
  package static let unindexedRules = 32
  /// Words that are looked for in past tickets; those behind them are not.
  package static let commonWords = 100_000
  /// Past tickets from which on counting words tells something.
  package static let commonWordTickets = 20
  /// Findings reported for one file.
  package static let findings = 100
  /// UTF-8 bytes of their messages and tickets.
  package static let findingBytes = 256 << 10
}
