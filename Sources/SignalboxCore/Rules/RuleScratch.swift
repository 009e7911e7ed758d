/// Memory that evaluations use one after the other, so that each asks for none of its own. It carries nothing from one
/// ticket to the next; whoever routes many keeps one, and one at a time uses it.
package struct RuleScratch: Sendable {
  var values = FactValues()
  var candidates = ElementSet()
  var scores = KeywordScores()

  package init() {}
}
