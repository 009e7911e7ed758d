import NIOCore

/// What a decoded CallHeader must satisfy (rows 15 to 17 of the table in `Protocol/README.md`).
enum HeaderRules {
  /// Nil if the call may go on.
  static func refusal(of header: CallHeader, limits: WireLimits) -> Status? {
    if let key = header.idempotencyKey, key.readableBytes > WireLimits.maxIdempotencyKeyBytes {
      return malformed("idempotency key is over \(WireLimits.maxIdempotencyKeyBytes) bytes; send a shorter one")
    }
    return header.metadata.isEmpty ? nil : refusal(of: header.metadata, limits: limits)
  }

  static func malformed(_ message: String) -> Status {
    Status(.invalidArgument, reason: WireReason.malformedHeader, message: message)
  }

  /// False means too much; used by the client before it sends.
  static func fits(_ metadata: [Metadata], bytes limit: Int) -> Bool {
    var bytes = 0
    for entry in metadata { bytes += entry.key.utf8.count + entry.value.utf8.count }
    return metadata.count <= WireLimits.maxMetadataEntries && bytes <= limit
  }

  private static func refusal(of metadata: [Metadata], limits: WireLimits) -> Status? {
    guard fits(metadata, bytes: limits.maxMetadataBytes) else {
      var status = Status(
        .resourceExhausted, reason: WireReason.metadataTooLarge,
        message:
          "metadata is over \(limits.maxMetadataBytes) bytes or \(WireLimits.maxMetadataEntries) entries; send less")
      status.limit = "max_metadata"
      return status
    }
    for index in metadata.indices {
      guard isKey(metadata[index].key), !stands(metadata[index].key, in: metadata, before: index) else {
        return invalid("metadata entry \(index) has a key that is not `[a-z0-9-]{1,64}` or stands twice")
      }
      guard all(metadata[index].value, { $0 >= 0x20 && $0 != 0x7f }) else {
        return invalid("the value of metadata key `\(metadata[index].key)` has control characters; encode it")
      }
    }
    return nil
  }

  private static func stands(_ key: String, in metadata: [Metadata], before end: Int) -> Bool {
    for index in 0..<end where metadata[index].key == key { return true }
    return false
  }

  private static func invalid(_ message: String) -> Status {
    Status(.invalidArgument, reason: WireReason.invalidMetadata, message: message)
  }

  private static func isKey(_ key: String) -> Bool {
    !key.isEmpty && key.utf8.count <= WireLimits.maxMetadataKeyBytes
      && all(key) { byte in
        (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
          || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || byte == UInt8(ascii: "-")
      }
  }

  /// Every call with metadata comes through here: over the memory itself, not the string's iterator.
  private static func all(_ text: String, _ predicate: (UInt8) -> Bool) -> Bool {
    var text = text
    return text.withUTF8 { $0.allSatisfy(predicate) }
  }

  /// `version-traceid-parentid-flags` in lower-case hexadecimal, as W3C Trace Context writes it.
  static func isTraceparent(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count == 55, bytes[0] == 0x30, bytes[1] == 0x30 else { return false }
      var hasTrace = false
      var hasParent = false
      for index in bytes.indices {
        let byte = bytes[index]
        if index == 2 || index == 35 || index == 52 {
          guard byte == UInt8(ascii: "-") else { return false }
          continue
        }
        guard (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66) else { return false }
        guard byte != 0x30 else { continue }
        if index < 35 { hasTrace = true } else if index < 52 { hasParent = true }
      }
      return hasTrace && hasParent
    }
  }
}
