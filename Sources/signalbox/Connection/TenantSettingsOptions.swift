import ArgumentParser
import SignalboxClient

/// The flags that say what a tenant allows. What is not named stays as it is.
struct TenantSettingsOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "Pattern for names of awardee queues, `ACCESS-<TRACK>-<Purpose>`; empty: any name.", valueName: "pattern"))
  var awardeeQueuePattern: String?

  @Option(
    help: ArgumentHelp("Pattern for names of resource providers' queues; empty: any name.", valueName: "pattern"))
  var resourceProviderQueuePattern: String?

  @Option(
    help: ArgumentHelp(
      "File with the categories a ticket may carry, one a line; an empty file: any.", valueName: "file"),
    completion: .file())
  var categoriesFile: String?

  @Option(
    help: ArgumentHelp(
      "Clock by which rules tell the time of day, like `America/New_York`; empty: UTC.", valueName: "name"))
  var timeZone: String?

  var areNamed: Bool {
    awardeeQueuePattern != nil || resourceProviderQueuePattern != nil || categoriesFile != nil || timeZone != nil
  }

  func applied(to settings: TenantSettings, _ surroundings: Surroundings) throws -> TenantSettings {
    var settings = settings
    if let awardeeQueuePattern { settings.awardeeQueuePattern = awardeeQueuePattern }
    if let resourceProviderQueuePattern { settings.resourceProviderQueuePattern = resourceProviderQueuePattern }
    if let timeZone { settings.timeZone = timeZone }
    if let categoriesFile {
      let text = try InputFile.text(categoriesFile, surroundings, limit: 1 << 20)
      settings.categories = TextLines.of(text).map(\.text.trimmed)
    }
    return settings
  }
}
