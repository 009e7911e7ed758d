import ArgumentParser
import SignalboxClient

struct AuditVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check an export without a server; ends with 1 when a row was altered, is missing or misplaced.")

  @Argument(help: "File that `signalbox audit export` has written.", completion: .file()) var file: String
  @Option(
    help: ArgumentHelp(
      "The hash of a head that was kept elsewhere: its row must be among these.", valueName: "hash"))
  var head: String?
  @OptionGroup(title: "Output") var shown: OutputOptions

  func run() async throws {
    let surroundings = Surroundings.current
    let report = try AuditFile.verify(file, keptHead: head)
    try surroundings.writeOutput(try AuditFormat.report(report).rendered(shown.output, surroundings.style))
    if !report.problems.isEmpty { throw CommandFailure(.answeredNo, "") }
  }
}
