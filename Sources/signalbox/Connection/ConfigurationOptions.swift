import ArgumentParser
import SignalboxClient

/// The flag that names a document.
struct DocumentOptions: ParsableArguments, Sendable {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The document, in YAML; - is standard input. Files that it names are looked for beside it.", valueName: "file"),
    completion: .file())
  var file: String
}

/// The flags of a command that may remove what is in use.
struct RemovalOptions: ParsableArguments, Sendable {
  @Flag(help: "Remove people who are agents or have open tickets, and organizations that people belong to.")
  var force = false

  @Option(
    name: .customLong("force-with-redirect"),
    help: ArgumentHelp(
      "Remove a queue that is in use; its open tickets and rules go to the other one. May be repeated.",
      valueName: "queue=other"))
  var redirects: [RedirectOption] = []

  var queueRedirects: [QueueRedirect] { redirects.map(\.redirect) }

  /// The flags with which these obstacles of a plan are none: a queue needs a redirect, force does nothing for it.
  static func helping(_ obstacles: [String]) -> [String] {
    var flags: [String] = []
    if obstacles.contains(where: isForced) { flags.append("--force") }
    for obstacle in obstacles where obstacle.hasPrefix("`") && obstacle.contains("` is in use") {
      let name = obstacle.dropFirst().prefix { $0 != "`" }
      flags.append("--force-with-redirect \(name)=OTHER")
    }
    return flags
  }

  private static func isForced(_ obstacle: String) -> Bool {
    if obstacle.hasPrefix("person `") { return !obstacle.contains("` is who asks") }
    return obstacle.hasPrefix("organization `") && obstacle.contains("` has people")
  }
}

/// `Old=New` on the command line: what is in the one queue goes to the other.
struct RedirectOption: ExpressibleByArgument, Sendable {
  let redirect: QueueRedirect

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts.contains("") else { return nil }
    var redirect = QueueRedirect()
    (redirect.queue, redirect.to) = (parts[0], parts[1])
    self.redirect = redirect
  }
}

extension ConfirmOptions {
  /// Throws unless the user agrees to what a plan shows.
  func confirm(_ plan: ConfigurationPlan, dryRun: Bool, _ surroundings: Surroundings) throws {
    if yes || dryRun { return }
    let count = Count.of(ConfigurationFormat.count(plan), "difference")
    guard surroundings.inputIsTerminal else {
      throw CommandFailure(.usage, "this would apply \(count)", hint: "add --yes when you are sure")
    }
    surroundings.writeError("apply \(count)? [y/N] ")
    guard let answer = surroundings.readAnswer()?.trimmed.lowercased(), answer == "y" || answer == "yes" else {
      throw CommandFailure(.answeredNo, "nothing was changed")
    }
  }
}

extension Session {
  /// Plans, shows the plan, asks, and gives it back to be applied as it was shown; nil where nothing is different.
  func reviewed(
    _ request: PlanConfigurationRequest, file: TenantDocumentFile? = nil, _ confirmation: ConfirmOptions,
    dryRun: Bool, _ format: OutputFormat
  ) async throws -> ConfigurationPlan? {
    let plan = try await calls.planConfiguration(request, reading)
    try refuse(plan.problems, in: file)
    guard !plan.differences.isEmpty else { return nil }
    if format == .table {
      try show(ConfigurationFormat.plan(plan), .table)
    } else if !confirmation.yes, !dryRun {
      surroundings.writeError(ConfigurationFormat.text(plan, .plain))
    }
    try refuse(plan)
    try confirmation.confirm(plan, dryRun: dryRun, surroundings)
    return plan
  }

  /// Throws if there are any, after all were shown.
  func refuse(_ problems: [DocumentProblem], in file: TenantDocumentFile?) throws {
    guard !problems.isEmpty else { return }
    let text = file?.text(of: problems) ?? problems.map { "\(SafeText.line("\($0.field): \($0.message)"))\n" }.joined()
    surroundings.writeError(text)
    throw CommandFailure(.refused, "the document has errors, so nothing was changed", hint: "correct the lines above")
  }

  func refuse(_ plan: ConfigurationPlan) throws {
    guard !plan.blocked.isEmpty else { return }
    let flags = RemovalOptions.helping(plan.blocked).map { "`\($0)`" }.joined(separator: " and ")
    throw CommandFailure(
      .refused, "the document removes what is in use, so nothing was changed",
      hint: "keep it in the document" + (flags.isEmpty ? "" : ", or add \(flags) when you are sure"))
  }

  /// Says what came of it.
  func show(
    _ response: ApplyConfigurationResponse, _ plan: ConfigurationPlan, _ format: OutputFormat, _ write: WriteOptions
  ) throws {
    let count = Count.of(ConfigurationFormat.count(plan), "difference")
    let number = write.dryRun || response.version == 0 ? "" : " as version \(response.version)"
    try showChange(
      "\(write.verb("applied", "apply")) \(count)\(number)", ConfigurationFormat.applied(response), format,
      dryRun: write.dryRun)
  }

  func showNoDifferences(_ format: OutputFormat) throws {
    try showChange(
      "no differences; nothing was changed", ConfigurationFormat.applied(ApplyConfigurationResponse()), format,
      dryRun: false)
  }
}
