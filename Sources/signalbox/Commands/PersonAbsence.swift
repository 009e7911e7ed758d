import ArgumentParser
import Foundation
import SignalboxClient

struct PersonAbsence: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "absence", abstract: "Say when somebody is away and who gets the tickets meanwhile.",
    discussion: """
      Times are as in 2026-12-24 or 2026-12-24T08:00:00Z; a day alone begins at midnight UTC. Whoever has tickets keeps \
      them; only what would be assigned by default goes to the substitute.
      """)

  @Argument(help: "Log-in name.") var handle: String
  @Option(help: ArgumentHelp("First moment of the absence; now when left out.", valueName: "time")) var from: String?
  @Option(help: ArgumentHelp("First moment after it.", valueName: "time")) var until: String?
  @Option(help: ArgumentHelp("Who gets the tickets; nobody when left out.", valueName: "handle")) var substitute:
    String?
  @Flag(help: "There is no absence any more.") var end = false
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard end != (until != nil) else { throw ValidationError("give --until TIME, or --end") }
    if end, from != nil || substitute != nil { throw ValidationError("--end stands alone") }
    for text in [from, until].compactMap(\.self) { _ = try Self.milliseconds(text) }
  }

  func run(in session: Session) async throws {
    var request = SetAbsenceRequest()
    request.person = handle
    if let until {
      request.absence.fromMs = try from.map(Self.milliseconds) ?? Int64(Date().timeIntervalSince1970 * 1_000)
      request.absence.untilMs = try Self.milliseconds(until)
      request.absence.substitute = substitute ?? ""
    }
    let person = try await session.calls.setAbsence(request, try write.options(session))
    let news =
      person.hasAbsence
      ? "is away from \(Instant.text(milliseconds: person.absence.fromMs)) until \(Instant.text(milliseconds: person.absence.untilMs))"
        + (person.absence.substitute.isEmpty ? ", nobody stands in" : ", `\(person.absence.substitute)` stands in")
      : "is there"
    try session.showChange(
      write.dryRun ? "would note: `\(person.handle)` \(news)" : "`\(person.handle)` \(news)", PersonFormat.one(person),
      shown.output, dryRun: write.dryRun)
  }

  static func milliseconds(_ text: String) throws -> Int64 {
    let day = try? Date(text, strategy: Date.ISO8601FormatStyle().year().month().day())
    guard let date = (try? Date(text, strategy: .iso8601)) ?? day else {
      throw ValidationError("`\(text)` is no time; write 2026-12-24 or 2026-12-24T08:00:00Z")
    }
    return Int64(date.timeIntervalSince1970 * 1_000)
  }
}
