import ArgumentParser
import SignalboxClient

struct Ping: ServerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask the server for a sign of life and show how long it took.")

  @Option(name: .shortAndLong, help: ArgumentHelp("How often to ask.", valueName: "number"))
  var count = 1

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard (1...1_000_000).contains(count) else { throw ValidationError("--count takes 1 to 1000000") }
  }

  func run(in session: Session) async throws {
    var times: [Double] = []
    for number in 1...count {
      let payload = Array("ping \(number)".utf8)
      let started = session.surroundings.uptime()
      let response = try await session.calls.ping(payload, session.reading)
      let time = session.surroundings.uptime() - started
      guard response.payload.elementsEqual(payload) else {
        throw CommandFailure(.internalError, "the server answered something else than was sent")
      }
      times.append(time / .milliseconds(1))
      if shown.output == .table {
        try session.surroundings.writeOutput(
          "answer \(number) from \(session.server) in \(Ping.text(times[number - 1])) ms\n")
      }
    }
    if shown.output != .table {
      try session.show(
        .value(Answer(server: session.server, milliseconds: times), ids: [session.server]) { _ in "" }, shown.output)
    } else if count > 1 {
      let mean = times.reduce(0, +) / Double(count)
      let (least, most) = (times.min() ?? 0, times.max() ?? 0)
      try session.surroundings.writeOutput(
        "least \(Ping.text(least)) ms, mean \(Ping.text(mean)) ms, most \(Ping.text(most)) ms\n")
    }
  }

  private struct Answer: Encodable {
    var server: String
    var milliseconds: [Double]
  }

  /// Two digits behind the point.
  private static func text(_ milliseconds: Double) -> String {
    let hundredths = Int((min(max(milliseconds, 0), 1e12) * 100).rounded())
    let fraction = String(hundredths % 100)
    return "\(hundredths / 100).\(fraction.count < 2 ? "0" : "")\(fraction)"
  }
}
