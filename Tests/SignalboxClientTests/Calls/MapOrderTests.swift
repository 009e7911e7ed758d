import NIOCore
import SignalboxProtocol
import Testing

@testable import SignalboxClient

/// A key that is used again goes with the same bytes, however the map came to be.
@Suite struct MapOrderTests {
  @Test func theSameFieldsAreTheSameBytes() throws {
    let names = (0..<40).map { "f\($0)" }
    var one = UpdateTicketRequest()
    var other = UpdateTicketRequest()
    for name in names { one.fields[name] = "x" }
    // Another capacity and another order of insertion make another order of iteration.
    other.fields.reserveCapacity(4_000)
    for name in names.reversed() { other.fields[name] = "x" }
    #expect(Array(one.fields.keys) != Array(other.fields.keys))
    #expect(try CallRunner.encode(one) == CallRunner.encode(other))
  }
}
