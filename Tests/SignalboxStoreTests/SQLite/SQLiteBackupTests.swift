import Foundation
import SignalboxStore
import Testing

@Suite("Backup")
struct SQLiteBackupTests {
  @Test("a backup under load is a prefix of history, whole and private")
  func underLoad() async throws {
    try await withFolder { folder in
      let database = try SQLiteDatabase(at: .file(folder + "/db"), migrations: Notes.migrations)
      try await database.write { transaction in
        for id in 1...2000 as ClosedRange<Int64> {
          try transaction.run(Notes.insert(id, String(repeating: "x", count: 500)))
        }
      }
      async let writing: Void = {
        for id in 2001...2400 as ClosedRange<Int64> {
          try await database.write { try $0.run(Notes.insert(id)) }
        }
      }()
      for number in 1...5 {
        let path = folder + "/backup\(number)"
        try await database.backup(to: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let restored = try SQLiteDatabase(at: .file(path), migrations: Notes.migrations)
        let ids = try await restored.noteIDs()
        #expect(ids.count >= 2000)
        #expect(ids == Array(1...Int64(ids.count)))
        #expect(try await restored.checkIntegrity() == [])
        await restored.close()
      }
      try await writing
      #expect(try await database.noteIDs().count == 2400)
      await database.close()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!names.contains { $0.hasSuffix(".partial") })
    }
  }

  @Test("a backup does not replace a file, and needs a folder")
  func refusals() async throws {
    try await withFolder { folder in
      let database = try SQLiteDatabase(at: .file(folder + "/db"), migrations: Notes.migrations)
      let taken = folder + "/db"
      await #expect(throws: StoreError.unwritable(path: taken, reason: "it exists already")) {
        try await database.backup(to: taken)
      }
      let nowhere = folder + "/missing/backup"
      await #expect(
        throws: StoreError.unwritable(path: nowhere, reason: "No such file or directory")
      ) {
        try await database.backup(to: nowhere)
      }
      await database.close()
      await #expect(throws: StoreError.closed) { try await database.backup(to: folder + "/late") }
      #expect(!FileManager.default.fileExists(atPath: folder + "/late"))
    }
  }
}
