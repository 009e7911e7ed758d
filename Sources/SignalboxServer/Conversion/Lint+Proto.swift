import SignalboxCore
import SignalboxProtocol

extension ProtoLintFinding {
  init(_ finding: LintFinding) {
    self.init()
    kind = ProtoLintKind(finding.kind)
    severity = finding.severity == .error ? .error : .warning
    message = finding.message
    field = finding.field
    value = finding.value
    queue = finding.queue
    count = UInt32(clamping: finding.count)
    outOf = UInt32(clamping: finding.outOf)
  }
}

extension ProtoLintKind {
  init(_ kind: LintFinding.Kind) {
    switch kind {
    case .invalidField: self = .invalidField
    case .namePattern: self = .namePattern
    case .nameTaken: self = .nameTaken
    case .nameSimilar: self = .nameSimilar
    case .organizationHasQueue: self = .organizationHasQueue
    case .unknownPerson: self = .unknownPerson
    case .noAgents: self = .noAgents
    case .assigneeNotAgent: self = .assigneeNotAgent
    case .keywordUnusable: self = .keywordUnusable
    case .keywordTaken: self = .keywordTaken
    case .keywordTooCommon: self = .keywordTooCommon
    case .wantedToo: self = .wantedToo
    case .addressUnconfirmed: self = .addressUnconfirmed
    case .watcherOptedOut: self = .watcherOptedOut
    }
  }
}
