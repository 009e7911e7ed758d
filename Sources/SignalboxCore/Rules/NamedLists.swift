/// The values of a file's lists, made once each, however many comparisons name them.
struct NamedLists: Sendable {
  private let literals: [String: [Literal]]

  /// Of two lists with one name the first counts; the checker refuses them.
  init(_ lists: [ListDeclaration]) {
    literals = Dictionary(
      lists.map { ($0.name.value, $0.elements.map(\.literal)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Nil if there is no such list.
  subscript(name: String) -> [Literal]? { literals[name] }

  var names: [String] { literals.keys.sorted() }

  /// Of a list or its name; empty for an unknown list.
  func literals(of values: ValueList) -> [Literal] {
    switch values {
    case .inline(let literals, _): literals
    case .list(let name): literals[name.value] ?? []
    }
  }
}
