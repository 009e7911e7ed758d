import FoundationEssentials
import NIOCore
import SignalboxWire
import Testing

/// Bytes as the vector files write them: hexadecimal, or a run of it.
struct VectorBytes: Decodable {
  var bytes: [UInt8]

  private struct Run: Decodable {
    var hex: String
    var times: Int
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let hex = try? container.decode(String.self) {
      bytes = [UInt8](hex: hex)
    } else {
      let run = try container.decode(Run.self)
      let once = [UInt8](hex: run.hex)
      bytes = []
      bytes.reserveCapacity(once.count * run.times)
      for _ in 0..<run.times { bytes += once }
    }
  }
}

/// One step of a script; exactly one field is set.
struct VectorStep: Decodable {
  var send: [VectorBytes]?
  var expect: Expectation?
  var wait_ms: UInt32?
  var call: Call?
  var cancel: UInt32?
  var consumed: Consumed?
  var event: Expectation?

  struct Call: Decodable {
    var method: UInt32
    var message: VectorBytes
    var end_stream: Bool
    var timeout_ms: UInt32?
    var refused: String?
  }
  struct Consumed: Decodable {
    var stream: UInt32
    var bytes: Int
  }
}

struct VectorScript: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var rule: Int?
  var app: String?
  var window: Int?
  var steps: [VectorStep]

  var testDescription: String { name }

  private struct File: Decodable { var scripts: [VectorScript] }

  static func load(_ file: String) -> [VectorScript] {
    do {
      return try JSONDecoder().decode(File.self, from: Data(Vectors.read(file))).scripts
    } catch {
      // An empty table makes the test fail with the file's name.
      print("cannot read \(file): \(error)")
      return []
    }
  }
}

extension VectorStep: Sendable {}
extension VectorStep.Call: Sendable {}
extension VectorStep.Consumed: Sendable {}
extension VectorBytes: Sendable {}

enum Vectors {
  /// This file is three folders below the root of the repository.
  static func read(_ file: String, from here: String = #filePath) throws -> [UInt8] {
    let root = here.split(separator: "/").dropLast(4).joined(separator: "/")
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: "/" + root + "/Protocol/vectors/" + file)))
  }
}

extension Array where Element == UInt8 {
  init(hex: String) {
    let digits = hex.utf8.compactMap { byte -> UInt8? in
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x61...0x66: byte - 0x61 + 10
      default: nil
      }
    }
    precondition(digits.count == hex.utf8.count && digits.count % 2 == 0, "bad hex: \(hex.prefix(40))")
    self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}

extension ByteBuffer {
  var bytes: [UInt8] { [UInt8](readableBytesView) }
}
