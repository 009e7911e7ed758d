import Foundation

/// A file with a JSON object a line.
enum JSONLines {
  static func read(_ text: String, file: String) throws -> [JSONObject] {
    try TextLines.of(text).map { number, line in
      do {
        let values = try JSONDecoder().decode([String: JSONObject.Value].self, from: Data(line.utf8))
        return JSONObject(file: file, line: number, values: values)
      } catch {
        throw InputFault(file: file, line: number, message: "not a JSON object; write `{\"name\": …}` on one line")
      }
    }
  }
}

/// One object of such a file. Its readers throw faults that name the line.
struct JSONObject: Sendable {
  enum Value: Decodable, Sendable {
    case null
    case text(String)
    case list([Value])
    case flag(Bool)
    case object([String: Value])
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else if let object = try? container.decode([String: Value].self) {
        self = .object(object)
      } else {
        self = .other
      }
    }
  }

  let file: String
  let line: Int
  let values: [String: Value]

  /// Empty when the key is absent or null.
  func text(_ key: String) throws -> String {
    switch values[key] {
    case nil, .null: return ""
    case .text(let text): return text
    case .list, .flag, .object, .other: throw fault("`\(key)` is not a text")
    }
  }

  func required(_ key: String) throws -> String {
    let text = try text(key)
    guard !text.isEmpty else { throw fault("`\(key)` is missing") }
    return text
  }

  /// Empty when the key is absent or null.
  func list(_ key: String) throws -> [String] {
    switch values[key] {
    case nil, .null:
      return []
    case .list(let values):
      return try values.map { value in
        guard case .text(let text) = value else { throw fault("`\(key)` is not a list of texts") }
        return text
      }
    case .text, .flag, .object, .other:
      throw fault("`\(key)` is not a list of texts")
    }
  }

  /// Texts by name; empty when the key is absent or null.
  func texts(_ key: String) throws -> [String: String] {
    switch values[key] {
    case nil, .null:
      return [:]
    case .object(let values):
      return try values.mapValues { value in
        guard case .text(let text) = value else { throw fault("`\(key)` is not an object of texts") }
        return text
      }
    case .text, .list, .flag, .other:
      throw fault("`\(key)` is not an object of texts")
    }
  }

  /// False when the key is absent or null.
  func flag(_ key: String) throws -> Bool {
    switch values[key] {
    case nil, .null: return false
    case .flag(let flag): return flag
    case .text, .list, .object, .other: throw fault("`\(key)` is neither true nor false")
    }
  }

  /// One of the words of an enumeration; nil when the key is absent or null.
  func choice<Value: Worded>(_ key: String, of type: Value.Type = Value.self) throws -> Value? {
    let text = try text(key)
    if text.isEmpty { return nil }
    guard let choice = Choice<Value>(argument: text) else {
      throw fault("`\(key)` is `\(text)`; it takes \(Choice<Value>.allValueStrings.joined(separator: ", "))")
    }
    return choice.value
  }

  func fault(_ message: String) -> InputFault {
    InputFault(file: file, line: line, message: message)
  }
}
