import Foundation
import SwiftProtobuf

/// Something to show, in whichever format is asked for.
struct Shown {
  private let json: () throws -> String
  private let ids: [String]
  private let text: (TextStyle) -> String

  /// One message. `text` gives what people read, safe and ending in a line break.
  static func one(_ message: any Message, id: String, text: @escaping (TextStyle) -> String) -> Shown {
    Shown(json: { try MessageJSON.compact(message) }, ids: id.isEmpty ? [] : [id], text: text)
  }

  static func many<Element: Message>(
    _ messages: [Element], id: (Element) -> String, text: @escaping (TextStyle) -> String
  ) -> Shown {
    Shown(
      json: { "[" + (try messages.map { try MessageJSON.compact($0) }).joined(separator: ",") + "]" },
      ids: messages.map(id), text: text)
  }

  /// A value of this program's own.
  static func value(_ value: some Encodable, ids: [String], text: @escaping (TextStyle) -> String) -> Shown {
    Shown(
      json: {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return MessageJSON.escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
      }, ids: ids, text: text)
  }

  func rendered(_ format: OutputFormat, _ style: TextStyle) throws -> String {
    switch format {
    case .table: text(style)
    case .json: MessageJSON.indented(try json()) + "\n"
    case .yaml: try YAMLText.of(json: try json())
    case .ids: ids.map { SafeText.line($0) + "\n" }.joined()
    }
  }
}
