import Foundation
import Testing

@testable import SignalboxStore

@Suite("Opening a file")
struct OpeningTests {
  private func open(
    _ path: String, _ migrations: [Migration] = Notes.migrations
  ) throws -> SQLiteDatabase {
    try SQLiteDatabase(at: .file(path), migrations: migrations)
  }

  @Test("what was committed is there after closing and opening, in one file")
  func reopening() async throws {
    try await withFolder { folder in
      let first = try open(folder + "/db")
      try await first.write { try $0.run(Notes.insert(1)) }
      await first.close()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.sorted() == ["db", "db.lock"])
      let mode = try FileManager.default.attributesOfItem(atPath: folder + "/db")[.posixPermissions]
      #expect(mode as? Int == 0o600)
      let second = try open(folder + "/db")
      #expect(try await second.noteIDs() == [1])
      await second.close()
    }
  }

  @Test("a second server on the same file is refused and told who has it")
  func secondServer() async throws {
    try await withFolder { folder in
      let path = folder + "/db"
      let first = try open(path)
      #expect(throws: StoreError.locked(path: path, pid: getpid())) { try open(path) }
      try await first.write { try $0.run(Notes.insert(1)) }
      await first.close()
      await (try open(path)).close()
    }
  }

  @Test("paths that cannot be written", arguments: ["missing/db", "file/db", "folder"])
  func unwritable(_ name: String) async throws {
    try await withFolder { folder in
      try Data().write(to: URL(fileURLWithPath: folder + "/file"))
      try FileManager.default.createDirectory(
        atPath: folder + "/folder", withIntermediateDirectories: false)
      #expect {
        try open(folder + "/" + name)
      } throws: { error in
        guard case .unwritable(folder + "/" + name, let reason) = error as? StoreError else {
          return false
        }
        return !reason.isEmpty
      }
    }
  }

  @Test("a file that holds something else is refused, left alone, and not kept locked")
  func notADatabase() async throws {
    try await withFolder { folder in
      let path = folder + "/db"
      let content = Data(String(repeating: "not a database\n", count: 100).utf8)
      try content.write(to: URL(fileURLWithPath: path))
      for _ in 0..<2 {
        #expect(throws: StoreError.notADatabase(path: path)) { try open(path) }
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == content)
    }
  }

  @Test("a damaged page is found by the check and does not stop the server")
  func damaged() async throws {
    try await withFolder { folder in
      let path = folder + "/db"
      let first = try open(path)
      try await first.write { transaction in
        for id in 1...500 {
          try transaction.run(Notes.insert(Int64(id), String(repeating: "x", count: 100)))
        }
      }
      #expect(try await first.checkIntegrity() == [])
      await first.close()
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      let size = try file.seekToEnd()
      try file.seek(toOffset: size - 4096)
      try file.write(contentsOf: Data(repeating: 0xa5, count: 4096))
      try file.close()
      let second = try open(path)
      let problems = try? await second.checkIntegrity()
      #expect(problems != [])
      await second.close()
    }
  }

  @Test("rows that refer to nothing are found by the check")
  func brokenReferences() async throws {
    try await withFolder { folder in
      let path = folder + "/db"
      await (try open(path)).close()
      let careless = try SQLiteConnection(path: path, role: .writer, limits: StoreLimits())
      try careless.control("PRAGMA foreign_keys = OFF")
      for id in 1...3 { try careless.run(Notes.reply(Int64(id), to: 99)) }
      careless.close()
      let database = try open(path)
      let problems = try await database.checkIntegrity()
      #expect(problems == ["3 rows of `replies` refer to rows of `notes` that do not exist"])
      await database.close()
    }
  }
}
