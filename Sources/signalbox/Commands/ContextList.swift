import ArgumentParser

struct ContextList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the contexts.")

  @OptionGroup(title: "Output") var shown: OutputOptions

  func run() throws {
    let surroundings = Surroundings.current
    let file = try ContextFile.read(surroundings)
    let contexts = file.contexts.sorted { $0.key < $1.key }.map { name, context in
      ContextView(name: name, context, current: name == file.current)
    }
    let list = Shown.value(contexts, ids: contexts.map(\.name)) { style in
      var table = Table("CURRENT", "NAME", "SERVER", "TENANT", "TOKEN")
      for context in contexts {
        table.add(context.current ? "*" : " ", context.name, context.server, context.tenant, context.token)
      }
      return table.rendered(style)
    }
    try surroundings.writeOutput(try list.rendered(shown.output, surroundings.style))
  }
}

/// A context as it is shown: without its token.
struct ContextView: Encodable, Equatable {
  var name: String
  var current: Bool
  var server: String
  var ca: String
  var tenant: String
  /// `set` or `none`.
  var token: String

  init(name: String, _ context: Context, current: Bool) {
    self.name = name
    self.current = current
    server = context.server ?? ""
    ca = context.ca ?? ""
    tenant = context.tenant ?? ""
    token = context.token == nil ? "none" : "set"
  }
}
