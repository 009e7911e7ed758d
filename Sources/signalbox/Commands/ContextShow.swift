import ArgumentParser

struct ContextShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a context, without its token.")

  @Argument(help: "Name of the context; the current one when left out.") var name: String?

  @OptionGroup(title: "Output") var shown: OutputOptions

  func run() throws {
    let surroundings = Surroundings.current
    let file = try ContextFile.read(surroundings)
    guard let name = name ?? file.current else {
      throw CommandFailure(.notFound, "no context is current", hint: "make one with `signalbox login`")
    }
    let view = ContextView(name: name, try file.context(named: name), current: name == file.current)
    let sheet = Shown.value(view, ids: [name]) { style in
      var sheet = FactSheet()
      sheet.add("name", view.name)
      sheet.add("current", view.current ? "yes" : "no")
      sheet.add("server", view.server)
      sheet.add("roots", view.ca.isEmpty ? "the system's" : view.ca)
      sheet.add("tenant", view.tenant)
      sheet.add("token", view.token)
      return sheet.rendered(style)
    }
    try surroundings.writeOutput(try sheet.rendered(shown.output, surroundings.style))
  }
}
