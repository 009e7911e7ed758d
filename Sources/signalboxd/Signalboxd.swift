import Configuration
import Foundation
import Logging
import ServiceLifecycle
import SignalboxServer
import SystemPackage
import UnixSignals

@main
struct Signalboxd {
  /// Exit codes, after sysexits.h.
  private enum Exit {
    static let usage: Int32 = 64
    static let unavailable: Int32 = 69
  }

  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "--help", "-h": return print(Usage.help, terminator: "")
    case "--version": return print("signalboxd \(ServerVersion.text)")
    case "--example-config": return print(Usage.example, terminator: "")
    default: break
    }
    do {
      try checkFlags(arguments)
      try Setting.check(ProcessInfo.processInfo.environment.keys)
      let reader = try settings(arguments)
      try await serve(ServerConfiguration(reader), logger: try logger(reader))
    } catch let error as UsageError {
      fail("\(error.description); \(error.next)", Exit.usage)
    } catch {
      fail("\(error)", Exit.unavailable)
    }
  }

  private static func serve(_ configuration: ServerConfiguration, logger: Logger) async throws {
    // Trapped before anything is told: whoever reads "listening" may send signals.
    let hangups = await UnixSignalsSequence(trapping: .sighup)
    let server = try await Server.start(configuration, clock: .system, logger: logger) { token in
      try tell(token, at: configuration.adminTokenPath)
    }
    let group = ServiceGroup(
      configuration: .init(
        services: [server, ReloadOnHangup(server: server, hangups: hangups)],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger))
    try await group.run()
  }

  /// The first admin's token is told once; it is kept nowhere else.
  private static func tell(_ token: String, at path: String?) throws {
    guard let path else {
      print("first admin token, shown this once: \(token)")
      fflush(nil)
      return
    }
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate], permissions: [.ownerReadWrite])
      _ = try file.closeAfter { try file.writeAll(Array((token + "\n").utf8)) }
    } catch {
      print("first admin token, shown this once: \(token)")
      fflush(nil)
      throw StartupError(
        "cannot write the first admin token to `\(path)`: \(error); it was printed instead, keep it and start again")
    }
  }

  private static func settings(_ arguments: [String]) throws -> ConfigReader {
    var providers: [any ConfigProvider] = [
      CommandLineArgumentsProvider(),
      KeyMappingProvider(upstream: EnvironmentVariablesProvider()) { $0.prepending("signalbox") },
    ]
    if let path = value(of: "--config", in: arguments) ?? ProcessInfo.processInfo.environment[Setting.fileVariable] {
      providers.append(try SettingsFile.provider(path))
    }
    return ConfigReader(providers: providers)
  }

  private static func logger(_ reader: ConfigReader) throws -> Logger {
    let name = reader.string(forKey: "log.level") ?? "info"
    guard let level = Logger.Level(rawValue: name) else {
      throw UsageError(description: "`log.level` is `\(name)`, which is no level")
    }
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
    return Logger(label: "signalboxd")
  }

  private static func checkFlags(_ arguments: [String]) throws {
    let known = Setting.all.map(\.flag) + ["--config"]
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let flag = argument.split(separator: "=", maxSplits: 1).first.map(String.init) ?? argument
      guard known.contains(flag) else {
        let meant = MeantName.nearest(to: flag, in: known).map { "; did you mean `\($0)`?" } ?? ""
        throw UsageError(description: "there is no setting `\(flag)`\(meant)")
      }
      if flag == argument, rest.popFirst() == nil { throw UsageError(description: "`\(flag)` needs a value") }
    }
  }

  private static func value(of flag: String, in arguments: [String]) -> String? {
    for (place, argument) in arguments.enumerated() {
      if argument == flag { return arguments.dropFirst(place + 1).first }
      if argument.hasPrefix(flag + "=") { return String(argument.dropFirst(flag.count + 1)) }
    }
    return nil
  }

  private static func fail(_ message: String, _ code: Int32) -> Never {
    FileHandle.standardError.write(Data("signalboxd: \(message)\n".utf8))
    exit(code)
  }
}

struct UsageError: Error {
  static let help = "`signalboxd --help` lists the settings"

  var description: String
  /// What to do about it.
  var next = UsageError.help
}

/// SIGHUP: certificates and keys are read again.
struct ReloadOnHangup: Service {
  let server: Server
  let hangups: UnixSignalsSequence

  func run() async throws {
    for await _ in hangups.cancelOnGracefulShutdown() { server.reload() }
  }
}
