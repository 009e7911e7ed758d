import Foundation

/// Reads what a command is given, within a bound.
enum InputFile {
  /// For files of many lines.
  static let maximumBytes = 64 << 20

  /// `-` is standard input.
  static func read(_ path: String, _ surroundings: Surroundings, limit: Int = maximumBytes) throws -> [UInt8] {
    path == "-" ? try surroundings.readInput(limit) : try read(path: path, limit: limit)
  }

  /// Text, which has to be UTF-8; a byte order mark is dropped.
  static func text(_ path: String, _ surroundings: Surroundings, limit: Int = maximumBytes) throws -> String {
    let bytes = try read(path, surroundings, limit: limit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InputFault(file: path, line: nil, message: "the text is not UTF-8")
    }
    return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }

  static func read(path: String, limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandFailure(.usage, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    return try read(descriptor: descriptor, named: path, limit: limit)
  }

  static func read(descriptor: Int32, named name: String, limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw CommandFailure(.usage, "cannot read `\(name)`: \(String(cString: strerror(errno)))")
      }
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else {
        throw CommandFailure(.usage, "`\(name)` has more than \(limit) bytes")
      }
      bytes += chunk.prefix(count)
    }
  }
}
