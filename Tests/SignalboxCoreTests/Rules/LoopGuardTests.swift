import SignalboxCore
import Testing

struct LoopGuardTests {
  /// Minutes ago at which rules moved the ticket.
  @Test(
    arguments: [
      ([], false, .allowed), ([1, 2, 3, 4], false, .allowed), ([1, 2, 3, 4, 5], false, .stops),
      ([1, 2, 3, 4, 10], false, .allowed), ([9, 9, 9, 9, 9], false, .stops), ([], true, .isStopped),
    ] as [([Int64], Bool, LoopGuard.Verdict)])
  func moves(minutesAgo: [Int64], isStopped: Bool, verdict: LoopGuard.Verdict) {
    let now = Timestamp(milliseconds: 1_700_000_000_000)
    let placement = TicketPlacement(
      since: now, ruleMoves: minutesAgo.map { Timestamp(milliseconds: now.milliseconds - $0 * 60_000) },
      isStopped: isStopped)
    #expect(LoopGuard.verdict(on: placement, at: now) == verdict)
  }
}
