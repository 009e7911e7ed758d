/// The credit that a receiver has given on one stream.
///
/// Every byte is in one place: still to be sent (`credit`), in an incomplete message (`held`), delivered and not
/// consumed, or consumed and not yet given back (`owed`). Bytes that were given back before they were delivered
/// are `prepaid`; consuming them gives nothing back a second time.
struct ReceiveWindow {
  private let initial: Int32
  private(set) var credit: Int32
  private var owed: Int32 = 0
  private var held: Int32 = 0
  private var delivered: Int = 0
  private var prepaid: Int = 0

  /// `initial` is at most 2³¹−1.
  init(initial: Int) {
    self.initial = Int32(clamping: initial)
    credit = self.initial
  }

  /// The peer has sent `count` bytes of MSG payload. False if that is beyond its credit.
  mutating func spend(_ count: Int) -> Bool {
    guard count <= Int(credit) else { return false }
    credit &-= Int32(truncatingIfNeeded: count)
    return true
  }

  /// A fragment joined an incomplete message. Those of OPEN cost no credit.
  mutating func hold(_ count: Int, isFree: Bool) {
    if isFree { prepaid &+= count } else { held &+= Int32(truncatingIfNeeded: count) }
  }

  /// A message of `count` bytes went to the application, whole or as the last fragment of what was held.
  mutating func deliver(_ count: Int, isFree: Bool) {
    if isFree { prepaid &+= count }
    held = 0
    delivered &+= count
  }

  /// The application is done with `count` delivered bytes; more than there are count as all.
  mutating func consume(_ count: Int) {
    let count = max(0, min(count, delivered))
    delivered &-= count
    let free = min(prepaid, count)
    prepaid &-= free
    owed &+= Int32(clamping: count &- free)
  }

  /// The bytes to give back now, or 0. Nothing below half a window, so that CREDIT stays rare; fragments
  /// of an incomplete message only while the application has nothing else to consume, so that
  /// what is buffered stays within the window and one message.
  mutating func grant() -> Int {
    let half = (initial &+ 1) / 2
    if delivered == 0, held > 0, owed &+ held >= half {
      prepaid &+= Int(held)
      owed &+= held
      held = 0
    }
    guard owed >= half else { return 0 }
    let granted = owed
    credit &+= granted
    owed = 0
    return Int(granted)
  }
}
