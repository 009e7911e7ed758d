import Testing

@Suite struct RandomSessionTests {
  /// Every message arrives intact and in order, no side oversteps its credit (the other would end the connection),
  /// and no stream is stuck, however the bytes are cut and however slowly the applications consume.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func everyCallEnds(seed: UInt64) {
    let session = RandomSession(seed: 0xb0b0 &+ seed, calls: 30)
    let isComplete = session.run(steps: 400_000)
    #expect(isComplete, "seed 0xb0b0 + \(seed): \(session.problems.joined(separator: "; "))")
    #expect(session.finished == 30)
  }
}
