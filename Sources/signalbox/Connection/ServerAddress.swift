/// Where a server is: `tickets.example.org:7443`, `10.0.0.7`, `[::1]:7443`.
struct ServerAddress: Equatable, Sendable {
  static let usualPort = 7443

  var host: String
  var port: Int

  /// Nil unless the text is a host, with brackets around an IPv6 address, and at most a port.
  init?(_ text: String) {
    var rest = Substring(text)
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      host = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
    } else {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      host = String(rest[..<end])
      rest = rest[end...]
    }
    guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
    port = ServerAddress.usualPort
    if rest.isEmpty { return }
    guard rest.removeFirst() == ":", rest.allSatisfy(\.isNumber), let port = UInt16(rest), port > 0 else { return nil }
    self.port = Int(port)
  }

  var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
