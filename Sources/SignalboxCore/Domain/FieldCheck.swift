/// Gathers what is wrong with a request's fields, so that the caller learns all of it at once.
package struct FieldCheck {
  package private(set) var violations: [Rejection.Violation] = []

  package init() {}

  /// More are not told; a request cannot make the answer, or the work, larger than that.
  private static let mostViolations = 32

  package mutating func add(_ field: String, _ description: String) {
    guard violations.count < Self.mostViolations else { return }
    violations.append(.init(field: field, description: description))
  }

  /// One line of text that people read: no control characters, so that it cannot break a mail header, a log line or
  /// a terminal.
  package mutating func line(_ field: String, _ text: String, atMost limit: Int, required: Bool = true) {
    if text.isEmpty {
      if required { add(field, "is required") }
      return
    }
    // Plain ASCII, the usual case on the way of every ticket, is looked at once.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) {
      if required, text.utf8.allSatisfy({ $0 == 0x20 }) { add(field, "is blank") }
      return
    }
    let scalars = text.unicodeScalars
    if scalars.count > limit { add(field, "has \(scalars.count) characters, at most \(limit) are allowed") }
    if scalars.contains(where: Self.isControl) { add(field, "has a control character or a line break") }
    if required, scalars.allSatisfy(\.properties.isWhitespace) { add(field, "is blank") }
  }

  /// Text of any number of lines.
  package mutating func text(_ field: String, _ text: String, atMostBytes limit: Int) {
    if text.utf8.count > limit { add(field, "has \(text.utf8.count) bytes, at most \(limit) are allowed") }
    let hasNUL = text.utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? text.utf8.contains(0)
    if hasNUL { add(field, "has a NUL character") }
  }

  /// A name that is typed on command lines and in rules: letters, digits, `-`, `_`, `.`; it begins with a letter or
  /// digit.
  package mutating func name(_ field: String, _ text: String) {
    guard !text.isEmpty else { return add(field, "is required") }
    if text.utf8.count > Limits.nameLength {
      add(field, "has \(text.utf8.count) characters, at most \(Limits.nameLength) are allowed")
    }
    let isPlain = text.utf8.enumerated().allSatisfy { offset, byte in
      Self.isLetterOrDigit(byte)
        || (offset > 0 && (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")))
    }
    if !isPlain { add(field, "may have letters, digits, `-`, `_` and `.` only and begins with a letter or digit") }
  }

  /// An e-mail address, as far as can be said without sending to it: one `@`, something on both sides, no spaces.
  package mutating func address(_ field: String, _ text: String, required: Bool = true) {
    line(field, text, atMost: Limits.addressLength, required: required)
    if !text.isEmpty, !Self.isAddress(text) { add(field, "`\(Rejection.shown(text))` is not an e-mail address") }
  }

  package mutating func count(_ field: String, _ count: Int, atMost limit: Int) {
    if count > limit { add(field, "has \(count) entries, at most \(limit) are allowed") }
  }

  /// A list of lines; none is looked at when there are too many.
  package mutating func lines(_ field: String, _ texts: [String], atMost limit: Int, length: Int) {
    count(field, texts.count, atMost: limit)
    guard texts.count <= limit else { return }
    for text in texts { line(field, text, atMost: length) }
  }

  /// Throws when anything was wrong.
  package func finish() throws(Rejection) {
    guard let first = violations.first else { return }
    let rest = violations.count > 1 ? " (and \(violations.count - 1) more)" : ""
    throw Rejection(.invalidField, "`\(first.field)` \(first.description)\(rest)", violations: violations)
  }

  package static func isAddress(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, let local = parts.first, let domain = parts.last, !local.isEmpty, domain.count >= 3,
      // The same mailbox with a dot behind would be somebody else.
      domain.last != UInt8(ascii: ".")
    else {
      return false
    }
    let hasDot = domain.dropFirst().dropLast().contains(UInt8(ascii: "."))
    let isClean = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && !isBarredInAddress($0) }
    return hasDot && isClean
  }

  /// Characters with a meaning of their own in mail headers.
  private static func isBarredInAddress(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\\"),
      UInt8(ascii: ":"):
      true
    default: false
    }
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
