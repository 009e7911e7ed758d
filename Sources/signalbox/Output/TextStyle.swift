/// Colour and width of text for people.
struct TextStyle: Equatable, Sendable {
  /// Only true on a terminal whose user did not set `NO_COLOR`.
  var colour: Bool
  /// Width of the terminal; nil for a pipe or a file, where nothing is cut.
  var columns: Int?

  static let plain = TextStyle(colour: false, columns: nil)

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func dim(_ text: String) -> String { wrapped(text, "2") }
  func good(_ text: String) -> String { wrapped(text, "32") }
  func bad(_ text: String) -> String { wrapped(text, "31") }

  private func wrapped(_ text: String, _ code: String) -> String {
    colour && !text.isEmpty ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}
