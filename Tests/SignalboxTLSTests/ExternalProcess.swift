import Dispatch
import Foundation
import Testing

/// Runs a program to its end, which `timeout` guarantees.
enum ExternalProcess {
  struct Result: Sendable {
    let status: Int32
    let output: String
    let errors: String
  }

  static func openssl(_ arguments: String...) throws {
    let result = try run(["/usr/bin/openssl"] + arguments)
    try #require(result.status == 0, "\(result.errors)")
  }

  /// Blocks the calling thread: the program is killed after 20 s, and after 30 s nobody waits any more.
  static func run(_ command: [String], input: String = "") throws -> Result {
    let base = NSTemporaryDirectory() + "signalbox-run-" + UUID().uuidString
    let paths = ["in", "out", "err"].map { "\(base).\($0)" }
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    // Files, not pipes: nobody can block on a full one.
    for path in paths { try Data(input.utf8).write(to: URL(fileURLWithPath: path)) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    // KILL: a thread of ours may have handed on a mask that blocks the gentler signals.
    process.arguments = ["--signal=KILL", "20"] + command
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: paths[0]))
    for path in paths.dropFirst() { try Data().write(to: URL(fileURLWithPath: path)) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: paths[1]))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: paths[2]))
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    try #require(ended.wait(timeout: .now() + 30) == .success, "no end of \(command)")
    func text(_ path: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
    return Result(status: process.terminationStatus, output: try text(paths[1]), errors: try text(paths[2]))
  }

  /// The same, away from the threads that run tasks.
  static func runAside(_ command: [String], input: String = "") async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Swift.Result { try run(command, input: input) })
      }
    }
  }
}
