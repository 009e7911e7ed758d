/// A dictionary that is cheap to change a little in a copy: it is made of parts, and two versions share those in which
/// nothing differs. For what a tenant has thousands of, of which each change of the configuration makes a new version.
///
/// Looking up is inlinable, so that other modules do it as fast as in a dictionary.
package struct SharedMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// One part while there are few, then so many: a power of two.
  private static var mostParts: Int { 256 }
  private static var fewest: Int { 256 }

  @usableFromInline var parts: [[Key: Value]] = [[:]]
  package private(set) var count = 0

  package init() {}

  package var isEmpty: Bool { count == 0 }

  /// In no order. Copies them.
  package var values: [Value] { parts.flatMap(\.values) }

  /// In no order. Copies them.
  package var keys: [Key] { parts.flatMap(\.keys) }

  /// All of it as one dictionary of its own.
  package var dictionary: [Key: Value] {
    parts.reduce(into: [:]) { all, part in all.merge(part) { $1 } }
  }

  package subscript(key: Key) -> Value? {
    @inlinable get { parts[place(of: key)][key] }
    set {
      let place = place(of: key)
      let before = parts[place].count
      parts[place][key] = newValue
      count += parts[place].count - before
      spread()
    }
  }

  package subscript(key: Key, default standard: @autoclosure () -> Value) -> Value {
    get { parts[place(of: key)][key] ?? standard() }
    _modify {
      let place = place(of: key)
      let before = parts[place].count
      defer {
        count += parts[place].count - before
        spread()
      }
      yield &parts[place][key, default: standard()]
    }
  }

  @discardableResult
  package mutating func removeValue(forKey key: Key) -> Value? {
    guard let value = parts[place(of: key)].removeValue(forKey: key) else { return nil }
    count -= 1
    return value
  }

  @inlinable func place(of key: Key) -> Int {
    parts.count == 1 ? 0 : key.hashValue & (parts.count - 1)
  }

  private mutating func spread() {
    guard parts.count == 1, count > Self.fewest else { return }
    let all = parts[0]
    parts = Array(repeating: [:], count: Self.mostParts)
    for (key, value) in all { parts[place(of: key)][key] = value }
  }
}
