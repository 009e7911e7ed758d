/// How the tickets that a comparison can be true of are found without trying it on each: what such a ticket must have.
/// A comparison without one is tried on every ticket, unless another part of its rule has one.
enum AccessPath {
  /// The field has this value; for `tag` the ticket has this tag, for `custom` some custom field has this value.
  case value(Int32)
  /// A set of `ConditionProgram.valueSets`: the field has one of these values.
  case anyValue(of: Int32)
  /// A set of `ConditionProgram.patternSets`: one of these patterns stands somewhere in the ticket.
  case anyPattern(of: Int32)
  /// The same: all of them do.
  case allPatterns(of: Int32)
  /// What `RoutingFacts.ordinal(of:)` gives is this or greater, or this or smaller.
  case atLeast(Int64)
  case atMost(Int64)
  /// It is true of no ticket.
  case never

  init(_ order: Order, _ bound: Int64) {
    self =
      switch order {
      case .less: bound == .min ? .never : .atMost(bound - 1)
      case .atMost: .atMost(bound)
      case .greater: bound == .max ? .never : .atLeast(bound + 1)
      case .atLeast: .atLeast(bound)
      }
  }
}

/// A bound that the value of a field keeps whenever the rule fits.
struct AccessRange: Sendable {
  let field: Field
  /// A value smaller than the bound, or else greater, does not keep it.
  let isLeast: Bool
  let bound: Int64
}

/// Something a ticket has or has not, under which rules are filed.
struct AccessKey: Hashable {
  enum Kind: UInt8 {
    case value, valueSet
    /// In whichever field: few rules ask for the same word in another one.
    case pattern, patternSet
  }

  /// Kind, field and number, one beside the other.
  let bits: UInt64

  private init(_ kind: Kind, _ field: Field?, _ number: Int32) {
    bits =
      UInt64(kind.rawValue) << 40 | UInt64(field?.rawValue ?? 0) << 32 | UInt64(UInt32(bitPattern: number))
  }

  static func value(_ field: Field, _ value: Int32) -> AccessKey { AccessKey(.value, field, value) }
  static func valueSet(_ field: Field, _ set: Int32) -> AccessKey { AccessKey(.valueSet, field, set) }
  static func pattern(_ pattern: Int32) -> AccessKey { AccessKey(.pattern, nil, pattern) }
  static func patternSet(_ set: Int32) -> AccessKey { AccessKey(.patternSet, nil, set) }

  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: bits >> 40)) ?? .value }
  /// Nil for patterns.
  var field: Field? { Field(rawValue: UInt8(truncatingIfNeeded: bits >> 32)) }
  var number: Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: bits)) }
}
