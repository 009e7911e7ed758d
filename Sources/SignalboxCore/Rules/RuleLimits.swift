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
  /// Errors reported for one file; the rest is not looked for.
  package static let diagnostics = 20
  /// UTF-8 bytes of one field of a ticket that rules look at; equals the largest message of the protocol.
  package static let factBytes = 1 << 20
  /// Matches and skipped queues that a decision record keeps of each.
  package static let recordedItems = 64
  /// Bytes of an encoded decision record.
  package static let recordBytes = 256 << 10
  /// Characters of a field's value that an explanation quotes.
  package static let quotedCharacters = 120
  /// What one evaluation may cost: a comparison is one, and so is each `bytesPerAtom` of text that is folded or searched
  /// by `contains`. 10,000 rules of 64 comparisons each are below it, all tried on one ticket; so are 10,000 `contains`
  /// on four kilobytes.
  package static let budget = 1_000_000
  package static let bytesPerAtom = 64
  /// So many words of a list that are looked for one by one cost as much as one comparison more.
  package static let wordsPerAtom = 16
  /// Largest margin of `keywords of queues`.
  package static let keywordMargin = 1_000_000
}
