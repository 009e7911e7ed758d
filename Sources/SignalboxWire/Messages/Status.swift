package import NIOCore

/// What a client may do after a failure.
package enum Retry: UInt32, Hashable, Sendable, CaseIterable {
  case never = 0
  /// With the same idempotency key, after `retryAfterMilliseconds`.
  case sameKey = 1
  /// The call was not executed; once at once, without a key.
  case notExecuted = 2
}

package struct FieldViolation: Equatable, Sendable {
  /// Path of the field in the request.
  package var field: String
  package var description: String

  package init(field: String, description: String) {
    self.field = field
    self.description = description
  }
}

/// How a call ended. The default value is success and encodes to nothing.
package struct Status: ControlMessage {
  /// An unknown code is read as `unknown`.
  package var code = StatusCode.ok
  /// For people.
  package var message = ""
  /// For programs: a reason from `errors.tsv`.
  package var reason = ""
  package var retry = Retry.never
  package var retryAfterMilliseconds: UInt32 = 0
  /// The first 64 are kept.
  package var violations: [FieldViolation] = []
  /// Where a watch may be resumed.
  package var cursor = ""
  /// The limit or quota that was reached.
  package var limit = ""

  static let maxViolations = 64

  package init() {}

  package init(_ code: StatusCode, reason: String, message: String = "", retry: Retry = .never) {
    self.code = code
    self.reason = reason
    self.message = message
    self.retry = retry
  }

  package static let ok = Status()

  package var encodedCount: Int {
    var count = ProtobufSize.integer(UInt64(code.rawValue)) + ProtobufSize.string(message)
    count += ProtobufSize.string(reason) + ProtobufSize.integer(UInt64(retry.rawValue))
    count += ProtobufSize.integer(UInt64(retryAfterMilliseconds))
    for violation in violations { count += ProtobufSize.delimited(Status.count(violation)) }
    return count + ProtobufSize.string(cursor) + ProtobufSize.string(limit)
  }

  private static func count(_ violation: FieldViolation) -> Int {
    ProtobufSize.string(violation.field) + ProtobufSize.string(violation.description)
  }

  package func write(into writer: inout ProtobufWriter) {
    writer.integer(UInt64(code.rawValue), field: 1)
    writer.string(message, field: 2)
    writer.string(reason, field: 3)
    writer.integer(UInt64(retry.rawValue), field: 4)
    writer.integer(UInt64(retryAfterMilliseconds), field: 5)
    for violation in violations {
      writer.prefix(count: Status.count(violation), field: 6)
      writer.string(violation.field, field: 1)
      writer.string(violation.description, field: 2)
    }
    writer.string(cursor, field: 7)
    writer.string(limit, field: 8)
  }

  package init?(decoding buffer: ByteBuffer, offset: Int, length: Int) {
    guard offset >= 0, length >= 0, length <= buffer.readableBytes,
      offset <= buffer.readableBytes - length
    else { return nil }
    self.init()
    let decoded = buffer.withUnsafeReadableBytes { bytes in
      read(UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset &+ length)]))
    }
    guard decoded else { return nil }
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var reader = ProtobufReader(bytes)
    while !reader.isAtEnd {
      guard let tag = reader.tag() else { return false }
      switch (tag.field, tag.type) {
      case (1, .varint), (4, .varint), (5, .varint):
        guard let value = reader.varint() else { return false }
        set(tag.field, UInt32(truncatingIfNeeded: value))
      case (2, .delimited), (3, .delimited), (7, .delimited), (8, .delimited):
        guard let text = reader.string() else { return false }
        set(tag.field, text)
      case (6, .delimited):
        guard let range = reader.delimited(), let entry = Status.violation(reader.nested(range))
        else { return false }
        if violations.count < Status.maxViolations { violations.append(entry) }
      default:
        guard reader.skip(tag.type, field: tag.field) else { return false }
      }
    }
    return true
  }

  private mutating func set(_ field: UInt32, _ value: UInt32) {
    switch field {
    case 1: code = StatusCode(rawValue: value) ?? .unknown
    case 4: retry = Retry(rawValue: value) ?? .never
    default: retryAfterMilliseconds = value
    }
  }

  private mutating func set(_ field: UInt32, _ text: String) {
    switch field {
    case 2: message = text
    case 3: reason = text
    case 7: cursor = text
    default: limit = text
    }
  }

  private static func violation(_ nested: ProtobufReader) -> FieldViolation? {
    var reader = nested
    var entry = FieldViolation(field: "", description: "")
    while !reader.isAtEnd {
      guard let tag = reader.tag() else { return nil }
      switch (tag.field, tag.type) {
      case (1, .delimited):
        guard let text = reader.string() else { return nil }
        entry.field = text
      case (2, .delimited):
        guard let text = reader.string() else { return nil }
        entry.description = text
      default:
        guard reader.skip(tag.type, field: tag.field) else { return nil }
      }
    }
    return entry
  }
}
