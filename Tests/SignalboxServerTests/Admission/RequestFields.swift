/// Fields of requests as JSON has them.
extension ForeignIdentifierTests {
  /// Sets the field at the path; nil takes it away. A step with `[]` is a list of messages.
  static func set(_ object: inout [String: Any], _ path: ArraySlice<String>, to value: Any?) {
    guard let key = path.first else { return }
    guard path.count > 1 else { return object[key] = value }
    // A list of messages gets one, beside those that the sample has.
    if key.hasSuffix("[]") {
      let name = String(key.dropLast(2))
      var inner: [String: Any] = [:]
      set(&inner, path.dropFirst(), to: value)
      object[name] = (object[name] as? [Any] ?? []) + [inner]
      return
    }
    var inner = object[key] as? [String: Any] ?? [:]
    set(&inner, path.dropFirst(), to: value)
    object[key] = inner
  }
}
