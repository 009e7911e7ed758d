import SignalboxClient
import Testing

@testable import signalbox

@Suite struct WordedTests {
  @Test func everyChoiceReadsBack() {
    check(OrganizationKind.self)
    check(QueueKind.self)
    check(QueueState.self)
    check(RegistrationState.self)
    check(TokenRole.self)
    check(TicketStatus.self)
    check(Priority.self)
    check(FieldType.self)
  }

  /// All values but the unspecified one can be asked for, and none by an empty word.
  private func check<Value: Worded & Equatable & CaseIterable>(_ type: Value.Type) {
    #expect(Value.choices.count == Value.allCases.count - 1)
    for choice in Value.choices { #expect(Choice<Value>(argument: choice.word)?.value == choice) }
    #expect(Choice<Value>(argument: "") == nil)
  }

  @Test func unknownValueShowsItsNumber() {
    #expect(QueueKind.UNRECOGNIZED(99).word == "99")
  }
}
