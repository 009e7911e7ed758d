/// Writes the stored form of a decision record.
struct RecordWriter {
  private(set) var out: [UInt8] = []

  /// - Parameter bytes: room for so many is made at once; an ordinary record fits.
  init(reserving bytes: Int = 512) { out.reserveCapacity(bytes) }

  mutating func byte(_ value: UInt8) { out.append(value) }

  /// Never negative here: counts, lines, scores; a negative number would be written as 0.
  mutating func number(_ value: Int) {
    var rest = UInt64(max(0, value))
    while rest > 0x7F {
      out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    out.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func bytes(_ value: some Collection<UInt8>) {
    number(value.count)
    out.append(contentsOf: value)
  }

  mutating func text(_ value: String) { bytes(value.utf8) }

  mutating func optional<Value>(_ value: Value?, _ write: (inout RecordWriter, Value) -> Void) {
    byte(value == nil ? 0 : 1)
    if let value { write(&self, value) }
  }

  mutating func list<Value>(_ values: [Value], _ write: (inout RecordWriter, Value) -> Void) {
    number(values.count)
    for value in values { write(&self, value) }
  }
}

/// Reads what `RecordWriter` wrote; whatever else it meets is malformed, never a trap. Memory is bounded by
/// the input: a count larger than the bytes that are left is malformed before anything is kept for it.
struct RecordReader {
  struct Malformed: Error {}

  private let input: [UInt8]
  private var index = 0

  init(_ input: [UInt8]) { self.input = input }

  var isAtEnd: Bool { index == input.count }

  mutating func byte() throws(Malformed) -> UInt8 {
    guard index < input.count else { throw Malformed() }
    defer { index += 1 }
    return input[index]
  }

  mutating func number() throws(Malformed) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 {
        // One form for each number: no needless zero at the end.
        guard next != 0 || shift == 0 else { throw Malformed() }
        return Int(value)
      }
      shift += 7
      guard shift <= 56 else { throw Malformed() }
    }
  }

  private mutating func count() throws(Malformed) -> Int {
    let count = try number()
    guard count <= input.count - index else { throw Malformed() }
    return count
  }

  mutating func bytes() throws(Malformed) -> [UInt8] {
    let count = try count()
    defer { index += count }
    return Array(input[index..<(index + count)])
  }

  mutating func text() throws(Malformed) -> String {
    guard let text = String(validating: try bytes(), as: UTF8.self) else { throw Malformed() }
    return text
  }

  mutating func optional<Value>(_ read: (inout RecordReader) throws -> Value) throws -> Value? {
    switch try byte() {
    case 0: nil
    case 1: try read(&self)
    default: throw Malformed()
    }
  }

  mutating func list<Value>(_ read: (inout RecordReader) throws -> Value) throws -> [Value] {
    var values: [Value] = []
    for _ in 0..<(try count()) { values.append(try read(&self)) }
    return values
  }
}
