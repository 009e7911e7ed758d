import SignalboxCore
import SignalboxProtocol

extension ProtoRuleFinding {
  init(_ finding: RuleFinding) {
    self.init()
    kind = ProtoRuleFindingKind(finding.kind)
    severity = finding.severity == .hint ? .hint : .warning
    rule = finding.rule
    line = UInt32(clamping: finding.line)
    otherRule = finding.otherRule
    otherLine = UInt32(clamping: finding.otherLine)
    message = finding.message
    witness = finding.witness.values.map { value in
      var field = ProtoRuleWitnessField()
      field.name = value.name
      field.value = value.value
      return field
    }
    count = UInt32(clamping: finding.count)
    outOf = UInt32(clamping: finding.outOf)
  }
}

extension ProtoRuleFindingKind {
  init(_ kind: RuleFinding.Kind) {
    switch kind {
    case .unsatisfiable: self = .unsatisfiable
    case .unreachable: self = .unreachable
    case .shadowed: self = .shadowed
    case .conflicting: self = .conflicting
    case .cycle: self = .cycle
    case .commonWord: self = .commonWord
    case .unindexed: self = .unindexed
    }
  }
}
