import Testing

@testable import SignalboxWire

/// Lets `#expect` call what changes the window.
private final class Window {
  private var window: ReceiveWindow
  init(_ initial: Int) { window = ReceiveWindow(initial: initial) }
  var credit: Int { Int(window.credit) }
  func spend(_ count: Int) -> Bool { window.spend(count) }
  func hold(_ count: Int) { window.hold(count, isFree: false) }
  func deliver(_ count: Int, isFree: Bool = false) { window.deliver(count, isFree: isFree) }
  func consume(_ count: Int) { window.consume(count) }
  func grant() -> Int { window.grant() }
}

@Suite struct ReceiveWindowTests {
  @Test func givesBackHalfWhenHalfIsConsumed() {
    let window = Window(100)
    #expect(window.spend(100))
    #expect(!window.spend(1))
    window.deliver(100)
    window.consume(49)
    #expect(window.grant() == 0)
    window.consume(1)
    #expect(window.grant() == 50)
    #expect(window.credit == 50)
    window.consume(1_000)
    #expect(window.grant() == 50)
    window.consume(1)
    #expect(window.grant() == 0 && window.credit == 100)
  }

  @Test func anOddWindowIsGivenBackToo() {
    let window = Window(1)
    #expect(window.spend(1))
    window.deliver(1)
    window.consume(1)
    #expect(window.grant() == 1)
  }

  @Test func bytesOfOpenAreNeverGivenBack() {
    let window = Window(10)
    window.deliver(1_000, isFree: true)
    window.consume(1_000)
    #expect(window.grant() == 0 && window.credit == 10)
  }

  /// A message larger than the window gets credit on the way, and consuming it gives none a second time.
  @Test func fragmentsAreGivenBackOnce() {
    let window = Window(100)
    var granted = 0
    var sent = 0
    while sent < 900 {
      let count = min(30, window.credit)
      #expect(count > 0)
      #expect(window.spend(count))
      sent += count
      window.hold(count)
      granted += window.grant()
    }
    window.deliver(sent)
    window.consume(sent)
    granted += window.grant()
    #expect(window.credit == 100 - sent + granted)
    #expect(granted <= sent)
  }

  /// While the application has something to consume, an incomplete message gets no credit.
  @Test func nothingInAdvanceForASlowApplication() {
    let window = Window(100)
    #expect(window.spend(10))
    window.deliver(10)
    #expect(window.spend(90))
    window.hold(90)
    #expect(window.grant() == 0)
    window.consume(10)
    #expect(window.grant() == 100)
  }
}
