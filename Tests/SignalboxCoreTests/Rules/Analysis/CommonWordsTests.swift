import SignalboxCore
import Testing

struct CommonWordsTests {
  /// A hundred of them go with one answer.
  @Test func aLongWordIsQuotedByItsBeginning() throws {
    let word = String(repeating: "a", count: 1_000)
    let text = """
      ruleset "r" version 1
      phase route first {
        rule long { when subject any word of ["\(word)"] then queue "Delta" }
        otherwise { queue "ACCESS-Triage" }
      }
      """
    let checked = try RuleSetSource.check(try RuleSetSource.parse(text), against: RuleFixture.context)
    var words = CommonWords(checked, keywords: [])
    for _ in 0..<40 { words.count(subject: word, body: "") }
    let finding = try #require(words.findings().first)
    #expect(finding.message.hasPrefix("`aaa") && finding.message.contains("aaa…` stands in 40 of 40 past tickets"))
    #expect(finding.message.utf8.count < 400)
  }
}
