import Yams

/// A piece of one line of a file; line and column count from 1.
struct FilePlace: Equatable, Sendable {
  var line = 1
  var column = 1
  var length = 1
}

/// Something that is wrong with a file, and where.
struct FileFault: Equatable, Sendable {
  var place: FilePlace
  var message: String
}

/// Reads values out of a YAML tree, gathers what is wrong with it, and remembers where everything stood, so that what
/// somebody else says about it can be shown there.
struct YAMLReader {
  /// More are not told.
  static let mostFaults = 20

  private(set) var faults: [FileFault] = []
  /// By path, such as `queues[3].agents`.
  private(set) var places: [String: FilePlace] = [:]

  mutating func fault(_ node: Node, _ message: String) { fault(FilePlace(node), message) }

  mutating func fault(_ place: FilePlace, _ message: String) {
    if faults.count < Self.mostFaults { faults.append(FileFault(place: place, message: message)) }
  }

  mutating func note(_ node: Node, at path: String) { places[path] = FilePlace(node) }

  /// The values of a mapping that has only these keys; nil when it is none.
  mutating func mapping(
    _ node: Node, at path: String, keys: [String], required: [String] = []
  ) -> [String: Node]? {
    note(node, at: path)
    guard let node = usable(node) else { return nil }
    guard let mapping = node.mapping else {
      fault(node, "`\(path.isEmpty ? "the document" : path)` takes keys and values, such as `\(keys[0]): …`")
      return nil
    }
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string, keys.contains(name) else {
        let text = key.scalar?.string ?? ""
        let meant = NearestWord.to(text, in: keys).map { "did you mean `\($0)`?" }
        fault(key, "unknown key `\(text)`; \(meant ?? "the keys are \(keys.joined(separator: ", "))")")
        continue
      }
      values[name] = value
      note(key, at: path.isEmpty ? name : "\(path).\(name)")
    }
    for name in required where values[name] == nil { fault(node, "`\(name)` is missing") }
    return values
  }

  /// The entries of a list, with their paths.
  mutating func list(_ node: Node?, at path: String) -> [(node: Node, path: String)] {
    guard let node = node.flatMap({ usable($0) }) else { return [] }
    guard let sequence = node.sequence else {
      fault(node, "`\(path)` takes a list; write `[]` for an empty one")
      return []
    }
    return sequence.enumerated().map { ($1, "\(path)[\($0)]") }
  }

  /// Empty where there is none.
  mutating func text(_ node: Node?, at path: String) -> String {
    guard let node = node.flatMap({ usable($0) }) else { return "" }
    note(node, at: path)
    guard let scalar = node.scalar else {
      fault(node, "`\(path)` takes a text")
      return ""
    }
    switch node.tag.description {
    case Tag.Name.str.rawValue: return scalar.string
    case Tag.Name.null.rawValue: fault(node, "`\(path)` has no value; leave it out, or write `\"\"`")
    default: fault(node, "`\(path)` takes a text, and `\(scalar.string)` is something else in YAML; quote it")
    }
    return ""
  }

  /// A text that says something; an empty one is a fault, and is given back as nil.
  mutating func filledText(_ node: Node, at path: String, orElse advice: String) -> String? {
    guard node.scalar?.string.isEmpty != true, node.tag.description != Tag.Name.null.rawValue else {
      note(node, at: path)
      fault(node, "`\(path)` is empty; \(advice)")
      return nil
    }
    let text = text(node, at: path)
    return text.isEmpty ? nil : text
  }

  mutating func texts(_ node: Node?, at path: String) -> [String] {
    var texts: [String] = []
    for entry in list(node, at: path) {
      let text = text(entry.node, at: entry.path)
      places["\(path)=\(text)"] = FilePlace(entry.node)
      texts.append(text)
    }
    return texts
  }

  mutating func flag(_ node: Node?, at path: String) -> Bool {
    guard let node else { return false }
    note(node, at: path)
    switch node.scalar?.string {
    case "true" where node.tag.description == Tag.Name.bool.rawValue: return true
    case "false" where node.tag.description == Tag.Name.bool.rawValue: return false
    default:
      fault(node, "`\(path)` takes `true` or `false`")
      return false
    }
  }

  mutating func choice<Value: Worded>(_ node: Node?, at path: String, of type: Value.Type = Value.self) -> Value? {
    guard let node else { return nil }
    let text = text(node, at: path)
    if let choice = Choice<Value>(argument: text) { return choice.value }
    let words = Choice<Value>.allValueStrings
    let meant = NearestWord.to(text, in: words).map { "; did you mean `\($0)`?" } ?? ""
    if !text.isEmpty { fault(node, "`\(path)` is `\(text)`, and takes \(words.joined(separator: ", "))\(meant)") }
    return nil
  }

  /// A node that stands where it was written: a file says what it says, without aliases.
  private mutating func usable(_ node: Node) -> Node? {
    guard node.anchor == nil else {
      fault(node, "anchors and aliases are not used here; write the value out")
      return nil
    }
    return node
  }
}

extension FilePlace {
  init(_ node: Node) {
    line = node.mark?.line ?? 1
    column = node.mark?.column ?? 1
    guard let scalar = node.scalar, !scalar.string.contains("\n") else { return }
    switch scalar.style {
    case .singleQuoted, .doubleQuoted: length = scalar.string.unicodeScalars.count + 2
    case .any, .plain: length = max(1, scalar.string.unicodeScalars.count)
    case .literal, .folded: length = 1
    }
  }

  init(_ mark: Mark) {
    (line, column) = (mark.line, mark.column)
  }
}

extension Node {
  fileprivate var anchor: Anchor? {
    switch self {
    case .scalar(let scalar): scalar.anchor
    case .mapping(let mapping): mapping.anchor
    case .sequence(let sequence): sequence.anchor
    case .alias(let alias): alias.anchor
    }
  }
}
