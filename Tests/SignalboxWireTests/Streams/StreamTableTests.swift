import Testing

@testable import SignalboxWire

@Suite struct StreamTableTests {
  private func state(_ mark: Int) -> StreamState {
    StreamState(deadline: .never, sendCredit: mark, window: ReceiveWindow(initial: 1), flags: [])
  }

  /// Against a dictionary, with ids that collide in every way.
  @Test(arguments: [1, 2, 16, 64, 1_000_003] as [UInt32])
  func agreesWithADictionary(stride: UInt32) {
    var random = SeededRandom(seed: UInt64(stride))
    var table = StreamTable()
    var model: [UInt32: Int] = [:]
    var next: UInt32 = 1
    for step in 0..<20_000 {
      if model.count < 128, random.below(2) == 0 {
        table.insert(StreamID(next), state(step))
        model[next] = step
        next &+= 2 &* (1 &+ UInt32(random.below(3)) &* stride)
        next &= 0x7fff_ffff
        while model[next | 1] != nil { next &+= 2 }
        next |= 1
      } else if let id = model.keys.sorted().dropFirst(random.below(max(1, model.count))).first {
        table.remove(StreamID(id))
        model[id] = nil
      }
      #expect(table.count == model.count)
      let probe = model.keys.randomElement(using: &random) ?? next
      #expect(table.slot(of: StreamID(probe)).map { table[$0].sendCredit } == model[probe])
      if step % 500 == 0 {
        for (id, mark) in model { #expect(table.slot(of: StreamID(id)).map { table[$0].sendCredit } == mark) }
        #expect(table.streams().map(\.rawValue) == model.keys.sorted())
      }
    }
  }

  @Test func absentStreamsAreNotFound() {
    var table = StreamTable()
    #expect(table.slot(of: 1) == nil)
    table.remove(1)
    table.insert(1, state(1))
    table.remove(17)
    #expect(table.slot(of: 17) == nil)
    #expect(table.slot(of: 1) != nil)
    #expect(table.streams(above: 1).isEmpty)
  }

  @Test func givesBackItsMemory() {
    var table = StreamTable()
    for id in 0..<128 { table.insert(StreamID(UInt32(id) * 2 + 1), state(id)) }
    for id in 0..<128 { table.remove(StreamID(UInt32(id) * 2 + 1)) }
    #expect(table.slots.count == 128)
    table.shrinkIfIdle()
    #expect(table.slots.isEmpty)
  }
}
