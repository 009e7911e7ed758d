/// The program's own version, which it also tells the server.
enum Version {
  static let text = "0.1.0"
}
