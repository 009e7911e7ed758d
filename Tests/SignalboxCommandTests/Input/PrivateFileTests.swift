import Foundation
import Testing

@testable import signalbox

@Suite struct PrivateFileTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("signalbox-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func mode(_ path: String) -> UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : 0
  }

  @Test func replacesInOneStepForTheOwnerOnly() throws {
    try inFolder { folder in
      let path = "\(folder)/deep/file"
      try PrivateFile.replace(path, with: Array("one".utf8))
      chmod(path, 0o644)
      #expect(PrivateFile.isReadableByOthers(path))
      try PrivateFile.replace(path, with: Array("two".utf8))
      #expect(try InputFile.read(path: path, limit: 3) == Array("two".utf8))
      #expect(mode(path) == 0o600)
      #expect(mode("\(folder)/deep") == 0o700)
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/deep") == ["file"])
    }
  }

  @Test func keepsALink() throws {
    try inFolder { folder in
      try PrivateFile.replace("\(folder)/real", with: [1])
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "\(folder)/real")
      try PrivateFile.replace("\(folder)/link", with: [2])
      #expect(try InputFile.read(path: "\(folder)/real", limit: 1) == [2])
      #expect(throws: CommandFailure.self) { try PrivateFile.create("\(folder)/link") }
    }
  }

  @Test func bound() throws {
    try inFolder { folder in
      try PrivateFile.replace("\(folder)/file", with: [1, 2, 3])
      #expect(try InputFile.read(path: "\(folder)/file", limit: 3).count == 3)
      #expect(throws: CommandFailure.self) { try InputFile.read(path: "\(folder)/file", limit: 2) }
    }
  }

  @Test func cursor() throws {
    try inFolder { folder in
      #expect(try CursorFile.read("\(folder)/c") == nil)
      try CursorFile.write("abc", to: "\(folder)/c")
      #expect(try CursorFile.read("\(folder)/c") == "abc")
      try PrivateFile.replace("\(folder)/c", with: Array("\n".utf8))
      #expect(try CursorFile.read("\(folder)/c") == nil)
    }
  }
}
