import Foundation
import SignalboxClient
import SignalboxTestKit
import Synchronization

/// The real `signalboxd` as a process of its own, on a directory that outlives it.
final class ServerProcess: Sendable {
  let directory: TemporaryDirectory
  let port: Int
  private let run = Mutex<ProgramRun?>(nil)

  /// The build puts the programs beside the tests.
  static let programs = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()

  /// - Parameter port: one that is free now; the server comes back on it after each kill.
  init() throws {
    directory = try TemporaryDirectory()
    port = try FreePort.find()
  }

  deinit {
    killAndWait(SIGKILL)
  }

  var data: String { directory.path + "/data" }
  var authorityPath: String { data + "/tls/ca.pem" }

  func configuration(token: String?, tenant: String? = nil) -> ClientConfiguration {
    var configuration = ClientConfiguration(host: "127.0.0.1", port: port)
    configuration.trustRootsPath = authorityPath
    configuration.token = token
    configuration.tenant = tenant
    return configuration
  }

  func rootToken() throws -> String {
    try String(contentsOfFile: directory.path + "/admin.token", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Starts it and returns once it listens.
  func start(_ extra: [String] = []) async throws {
    let run = try ProgramRun.launch(
      "signalboxd",
      [
        "--data-directory", data, "--listen-port", "\(port)", "--admin-token-file", directory.path + "/admin.token",
        "--drain-seconds", "2",
      ] + extra)
    self.run.withLock { $0 = run }
    try await run.waitForOutput(containing: "listening")
  }

  /// Waits until the server that runs now has logged the text.
  func waitForLog(containing text: String) async throws {
    try await run.withLock { $0 }?.waitForOutput(containing: text)
  }

  /// What it has said so far.
  var log: String { run.withLock { $0 }?.output ?? "" }

  func kill(_ signal: Int32) async {
    await besideThePool { self.killAndWait(signal) }
  }

  private func killAndWait(_ signal: Int32) {
    guard let running = run.withLock({ $0 })?.process, running.isRunning else { return }
    Foundation.kill(running.processIdentifier, signal)
    running.waitUntilExit()
  }

  func send(_ signal: Int32) {
    guard let running = run.withLock({ $0 })?.process else { return }
    Foundation.kill(running.processIdentifier, signal)
  }
}

/// A program of this package, run to its end or until something is seen in its output.
final class ProgramRun: Sendable {
  struct Outcome {
    var status: Int32
    var output: String
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// No wait in a test is longer.
  static let patience = 30.0

  let process: Process
  private let printed = Mutex("")
  private let changed = DispatchSemaphore(value: 0)

  private init(_ process: Process) {
    self.process = process
  }

  /// What it has printed so far, on both of its outputs.
  var output: String { printed.withLock { $0 } }

  static func launch(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> ProgramRun {
    let process = Process()
    process.executableURL =
      program.hasPrefix("/") ? URL(filePath: program) : ServerProcess.programs.appending(path: program)
    process.arguments = arguments
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SIGNALBOX_") }
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    let run = ProgramRun(process)
    pipe.fileHandleForReading.readabilityHandler = { handle in
      let data = handle.availableData
      if data.isEmpty { handle.readabilityHandler = nil }
      run.printed.withLock { $0 += String(decoding: data, as: UTF8.self) }
      run.changed.signal()
    }
    try process.run()
    return run
  }

  /// Waits until the text was printed; fails when the program ends before.
  func waitForOutput(containing text: String) async throws {
    try await besideThePool { Result { try self.block(untilPrinted: text) } }.get()
  }

  private func block(untilPrinted text: String) throws {
    let end = Date(timeIntervalSinceNow: Self.patience)
    while !output.contains(text) {
      guard process.isRunning || changed.wait(timeout: .now()) == .success, Date() < end else {
        throw Failed(description: "`\(text)` was not printed: \(output)")
      }
      _ = changed.wait(timeout: .now() + 0.1)
    }
  }

  func finish() async throws -> Outcome {
    try await besideThePool { Result { try self.blockUntilEnd() } }.get()
  }

  private func blockUntilEnd() throws -> Outcome {
    let end = Date(timeIntervalSinceNow: Self.patience * 10)
    while process.isRunning {
      guard Date() < end else {
        process.terminate()
        throw Failed(description: "did not end: \(output)")
      }
      _ = changed.wait(timeout: .now() + 0.05)
    }
    process.waitUntilExit()
    // What was still in the pipe.
    for _ in 0..<20 where changed.wait(timeout: .now() + 0.05) == .success {}
    return Outcome(status: process.terminationStatus, output: output)
  }

  static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await launch(program, arguments, environment: environment).finish()
  }
}

/// Runs what blocks on a thread of its own: the tasks of all tests share as many threads as there are cores.
func besideThePool<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    Thread { continuation.resume(returning: body()) }.start()
  }
}
