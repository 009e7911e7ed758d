#if os(Linux)
  import Glibc
  import Testing

  @testable import SignalboxStore

  /// Locks that belong to an open file, not to the process, stand in for those of another process.
  @Suite("Claim to a file")
  struct SQLiteClaimTests {
    static let pendingByte: off_t = 0x4000_0000
    static let sharedRange: off_t = 0x4000_0002

    /// F_OFD_GETLK and F_OFD_SETLK of Linux.
    static let getOpenFileLock: CInt = 36
    static let setOpenFileLock: CInt = 37

    private func shared(_ start: off_t) -> flock {
      flock(
        l_type: Int16(F_RDLCK), l_whence: Int16(SEEK_SET), l_start: start, l_len: 1, l_pid: 0)
    }

    @Test("other programs cannot begin to read the file")
    func keepsOthersOut() async throws {
      try await withFolder { folder in
        let path = folder + "/db"
        let database = try SQLiteDatabase(at: .file(path), migrations: Notes.migrations)
        // Kept open until the database is closed; closing it would drop the locks under test.
        let file = open(path, O_RDWR)
        for _ in 0..<3 {
          var lock = shared(Self.pendingByte)
          #expect(fcntl(file, Self.getOpenFileLock, &lock) == 0)
          #expect(lock.l_type == Int16(F_WRLCK))
          // It stays so through everything that opens and closes connections.
          try await database.write { try $0.run(Notes.insert(.random(in: 1...Int64.max))) }
          #expect(try await database.checkIntegrity() == [])
        }
        await database.close()
        var lock = shared(Self.pendingByte)
        #expect(fcntl(file, Self.getOpenFileLock, &lock) == 0)
        #expect(lock.l_type == Int16(F_UNLCK))
        close(file)
      }
    }

    /// A child of this process has a copy of each descriptor from its fork to its exec.
    @Test("a copy of the lock file's descriptor keeps nobody out once the database is closed")
    func copiedDescriptor() async throws {
      try await withFolder { folder in
        let path = folder + "/db"
        let database = try SQLiteDatabase(at: .file(path), migrations: Notes.migrations)
        var locked = stat()
        #expect(stat(path + ".lock", &locked) == 0)
        let descriptor = try #require(
          (0..<65_536 as Range<CInt>).first { number in
            var file = stat()
            return fstat(number, &file) == 0 && file.st_ino == locked.st_ino && file.st_dev == locked.st_dev
          })
        let copy = dup(descriptor)
        #expect(copy >= 0)
        await database.close()
        await (try SQLiteDatabase(at: .file(path), migrations: Notes.migrations)).close()
        close(copy)
      }
    }

    @Test("a file that another program has open is refused")
    func refusesCompany() async throws {
      try await withFolder { folder in
        let path = folder + "/db"
        await (try SQLiteDatabase(at: .file(path), migrations: Notes.migrations)).close()
        let file = open(path, O_RDWR)
        var lock = shared(Self.sharedRange)
        #expect(fcntl(file, Self.setOpenFileLock, &lock) == 0)
        #expect(throws: StoreError.locked(path: path, pid: nil)) {
          try SQLiteDatabase(at: .file(path), migrations: Notes.migrations)
        }
        close(file)
        await (try SQLiteDatabase(at: .file(path), migrations: Notes.migrations)).close()
      }
    }
  }
#endif
