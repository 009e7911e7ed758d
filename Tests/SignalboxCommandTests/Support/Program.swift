@testable import signalbox

/// Runs of the program whose whole output a test does not spell out.
enum Program {
  struct Run {
    var status: ExitStatus
    var output: String
    var errors: String
    var calls: [String]
  }

  static func run(_ arguments: [String], _ answers: [String: [Answer]] = [:], input: String = "") async -> Run {
    let console = FakeConsole(input: input)
    let server = FakeServer(answers)
    var surroundings = console.surroundings(server)
    surroundings.variables = [
      "SIGNALBOX_CONFIG": "/nonexistent/config.yaml", "SIGNALBOX_SERVER": "localhost:7443", "SIGNALBOX_TOKEN": "secret",
    ]
    let status = await Surroundings.$current.withValue(surroundings) { await Invocation.run(arguments) }
    return Run(status: status, output: console.output, errors: console.errors, calls: server.log)
  }
}
