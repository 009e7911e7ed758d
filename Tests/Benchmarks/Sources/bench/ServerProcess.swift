internal import Glibc

/// What the system knows of a server that somebody else started. Its children count as part of it.
struct ServerProcess {
  let identifier: Int32

  /// Seconds of processor time so far.
  func cpuSeconds() throws(BenchError) -> Double {
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    var sum = 0.0
    for process in [identifier] + children() {
      // The second field is the program's name in parentheses and may hold anything.
      let fields = try Self.read("/proc/\(process)/stat").split(separator: ")").last?.split(separator: " ") ?? []
      guard fields.count > 13, let user = Double(fields[11]), let system = Double(fields[12]) else {
        throw BenchError("cannot tell the processor time of process \(process)")
      }
      sum += (user + system) / ticks
    }
    return sum
  }

  /// Resident memory in bytes.
  func residentBytes() throws(BenchError) -> Double {
    for line in try Self.read("/proc/\(identifier)/status").split(separator: "\n") where line.hasPrefix("VmRSS:") {
      let words = line.split { $0 == " " || $0 == "\t" }
      if words.count > 1, let kibibytes = Double(words[1]) { return kibibytes * 1024 }
    }
    throw BenchError("cannot tell the memory of process \(identifier)")
  }

  private func children() -> [Int32] {
    guard let text = try? Self.read("/proc/\(identifier)/task/\(identifier)/children") else { return [] }
    return text.split(separator: " ").compactMap { Int32($0) }
  }

  private static func read(_ path: String) throws(BenchError) -> String {
    guard let bytes = readFile(path) else { throw BenchError("cannot read `\(path)`; has the server ended?") }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The whole file, or nil when it cannot be read.
func readFile(_ path: String) -> [UInt8]? {
  guard let file = fopen(path, "rb") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return bytes }
    bytes += chunk[..<count]
  }
}

func writeFile(_ path: String, _ text: String) throws(BenchError) {
  guard let file = fopen(path, "wb") else { throw BenchError("cannot write `\(path)`") }
  let bytes = Array(text.utf8)
  let written = fwrite(bytes, 1, bytes.count, file)
  guard fclose(file) == 0, written == bytes.count else { throw BenchError("`\(path)` is cut short") }
}
