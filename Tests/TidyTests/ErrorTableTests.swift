import SignalboxCore
import SignalboxProtocol
import SignalboxWire
import Testing

struct ErrorTableTests {
  @Test func eachReasonOfADecisionHasItsStatus() {
    for reason in Rejection.Reason.allCases {
      #expect(ErrorReason(rawValue: reason.rawValue) != nil, "`\(reason.rawValue)` is missing; run scripts/generate")
    }
  }

  @Test func noReasonIsOK() {
    for reason in ErrorReason.allCases {
      #expect(reason.code != .ok)
      #expect(!reason.meaning.isEmpty)
    }
  }

  @Test func methodsThatWriteAreNotForAnyone() {
    for method in Method.allCases where method.effect == .write {
      #expect(method.caller != .anyone, "\(method.path) changes something and asks for nobody")
    }
  }
}
