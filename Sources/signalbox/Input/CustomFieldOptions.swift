import ArgumentParser

/// The flag that names custom fields of a ticket.
struct CustomFieldOptions: ParsableArguments, Sendable {
  /// `domain=example.org`: everything after the first `=` is the value.
  struct Assignment: ExpressibleByArgument, Sendable {
    var name: String
    var value: String

    init?(argument: String) {
      guard let end = argument.utf8.firstIndex(of: UInt8(ascii: "=")), end > argument.startIndex else { return nil }
      name = String(argument.utf8[..<end]) ?? ""
      value = String(argument.utf8[argument.utf8.index(after: end)...]) ?? ""
    }
  }

  @Option(
    name: .customLong("field"),
    help: ArgumentHelp("Custom field; without a value there is none. Repeat for more.", valueName: "name=value"))
  var fields: [Assignment] = []

  func validate() throws {
    var names: Set<String> = []
    for field in fields where !names.insert(field.name).inserted {
      throw ValidationError("--field names `\(field.name)` twice")
    }
  }

  var values: [String: String] {
    Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }
}
