import Foundation

/// Reads a file line by line, however large it is.
struct LineReader {
  struct Line {
    var bytes: [UInt8]
    /// False for what follows the last line break.
    var isEnded: Bool
  }

  private static let chunkBytes = 1 << 20
  private static let lineBreak = UInt8(ascii: "\n")

  private let path: String
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  /// Where in the buffer the next line begins.
  private var place = 0
  private var isAtEnd = false

  init(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandFailure(.usage, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    self.path = path
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Nil at the end. Throws when a line is longer than `AuditFile.longestLine`.
  mutating func next() throws -> Line? {
    var searched = place
    while true {
      if let end = buffer[searched...].firstIndex(of: Self.lineBreak) {
        defer { place = end + 1 }
        return Line(bytes: Array(buffer[place..<end]), isEnded: true)
      }
      if isAtEnd {
        defer { place = buffer.count }
        return place < buffer.count ? Line(bytes: Array(buffer[place...]), isEnded: false) : nil
      }
      buffer.removeFirst(place)
      place = 0
      searched = buffer.count
      guard searched <= AuditFile.longestLine else {
        throw CommandFailure(.usage, "`\(path)` has a line of more than \(AuditFile.longestLine) bytes")
      }
      do {
        let chunk = try handle.read(upToCount: Self.chunkBytes) ?? Data()
        isAtEnd = chunk.isEmpty
        buffer.append(contentsOf: chunk)
      } catch {
        throw CommandFailure(.usage, "cannot read `\(path)`")
      }
    }
  }

  static func lines(of text: [UInt8]) -> [Line] {
    var lines = text.split(separator: lineBreak, omittingEmptySubsequences: false)
      .map { Line(bytes: Array($0), isEnded: true) }
    // What stands behind the last line break, if anything does.
    guard let last = lines.popLast(), !last.bytes.isEmpty else { return lines }
    return lines + [Line(bytes: last.bytes, isEnded: false)]
  }
}
