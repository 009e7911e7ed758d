import ArgumentParser

/// In which form a command shows what it found.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// For people. Text of strangers is made harmless.
  case table
  /// The protocol's messages as protobuf JSON with the field names of the protocol; lists are arrays.
  case json
  /// The same as YAML.
  case yaml
  /// Only names or numbers, one a line.
  case ids
}
