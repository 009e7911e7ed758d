internal import Glibc

/// A program that was started, with pipes to its standard input and output. Standard error is shared.
struct ChildProcess: ~Copyable {
  /// What a program said and cost.
  struct Outcome {
    let output: String
    let cpuSeconds: Double
    let wallSeconds: Double
  }

  private let identifier: pid_t
  private let input: Int32
  private let output: Int32
  private let program: String
  private let began = ContinuousClock.now

  init(_ program: String, _ arguments: [String]) throws(BenchError) {
    var toChild: [Int32] = [-1, -1]
    var fromChild: [Int32] = [-1, -1]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
      throw BenchError("no pipe: \(String(cString: strerror(errno)))")
    }
    // The child has its ends as 0 and 1; a copy of ours in it would keep the pipes open.
    for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    let kept: [String] = ["PATH", "HOME", "LD_LIBRARY_PATH"].compactMap { (name: String) -> String? in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    }
    var environment = kept.map { strdup($0) } + [nil]
    defer { (words + environment).forEach { free($0) } }
    var child: pid_t = 0
    let result = posix_spawnp(&child, program, &actions, nil, &words, &environment)
    close(toChild[0])
    close(fromChild[1])
    guard result == 0 else {
      close(toChild[1])
      close(fromChild[0])
      throw BenchError("cannot start `\(program)`: \(String(cString: strerror(result)))")
    }
    identifier = child
    input = toChild[1]
    output = fromChild[0]
    self.program = program
  }

  /// Reads standard output up to the end of a line, or to its end.
  borrowing func readLine() -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Ends its standard input, reads what it still says, and waits for its end.
  consuming func finish() throws(BenchError) -> Outcome {
    close(input)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(output, &chunk, chunk.count)
      if count <= 0 { break }
      bytes += chunk[..<count]
    }
    close(output)
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(identifier, &status, 0, &usage) == identifier else {
      throw BenchError("lost sight of `\(program)`")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    // 0 is an orderly exit with status 0.
    guard status == 0 else {
      throw BenchError("`\(program)` failed: \(text.split(separator: "\n").joined(separator: " "))")
    }
    let wall = (ContinuousClock.now - began) / .seconds(1)
    return Outcome(
      output: text, cpuSeconds: usage.ru_utime.inSeconds + usage.ru_stime.inSeconds, wallSeconds: wall)
  }

  static func run(_ program: String, _ arguments: [String]) throws(BenchError) -> Outcome {
    try ChildProcess(program, arguments).finish()
  }
}

extension timeval {
  fileprivate var inSeconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
