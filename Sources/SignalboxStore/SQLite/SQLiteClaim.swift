#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Synchronization

/// This process's claim to a database file, until it is released.
///
/// Two locks make it. A lock file beside the database keeps a second server out, also on file systems
/// where the other lock is not seen. A lock on the byte of the database that each newcomer must
/// lock for a moment keeps out every other program that speaks SQLite, such as its shell: two
/// programs that copy the log can corrupt the file. Locks of one process do not stop that process, so
/// our own connections come and go freely.
final class SQLiteClaim: Sendable {
  private struct Files: ~Copyable {
    /// Opened before our first connection and closed after the last: closing any descriptor of a
    /// file drops all of a process's locks on it.
    let database: Descriptor
    let lock: LockFile
  }

  /// The lock file, locked.
  private struct LockFile: ~Copyable {
    private let file: Descriptor

    init(locked file: consuming Descriptor) {
      self.file = file
    }

    /// Closing is not enough: a child of this process has a copy of the descriptor, and the lock with it, from its fork
    /// to its exec.
    deinit {
      _ = flock(file.number, LOCK_UN)
    }
  }

  private let path: String
  private let files: Mutex<Files?>

  /// Takes the lock file and makes the database file if there is none, readable by its owner only.
  init(path: String) throws {
    self.path = path
    let lockPath = path + ".lock"
    let file = try Descriptor(opening: lockPath, O_RDWR | O_CREAT, blaming: path)
    guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw StoreError.unwritable(lockPath, errno) }
      throw StoreError.locked(path: path, pid: Self.readPID(file.number))
    }
    try Self.writePID(file.number, path: lockPath)
    let lock = LockFile(locked: file)
    let database = try Descriptor(opening: path, O_RDWR | O_CREAT)
    files = Mutex(Files(database: database, lock: lock))
  }

  /// Lets others in. To be called when our last connection is closed. May be called again.
  func release() {
    files.withLock { $0 = nil }
  }

  /// Keeps newcomers out and throws `StoreError.locked` if another process is in. To be called
  /// when our first connection has read from the file: SQLite's own first lock would undo this one.
  func excludeOtherProcesses() throws {
    // Places fixed by SQLite's file format: the pending byte, and behind the reserved byte the
    // range on which each connection holds a shared lock while it has the file open.
    let pendingByte = Self.exclusive(start: 0x4000_0000, length: 1)
    let sharedRange = Self.exclusive(start: 0x4000_0002, length: 510)
    try files.withLock { files in
      guard let file = files?.database.number else { throw StoreError.closed }
      var request = pendingByte
      guard fcntl(file, F_SETLK, &request) == 0 else {
        throw StoreError.locked(path: path, pid: Self.holder(of: pendingByte, in: file)?.pid)
      }
      if let holder = Self.holder(of: sharedRange, in: file) {
        throw StoreError.locked(path: path, pid: holder.pid)
      }
    }
  }

  /// Another process that is in the way; the system does not always tell which.
  private struct Holder {
    let pid: Int32?
  }

  /// Who holds a lock in the way of `lock`, if anyone but us.
  private static func holder(of lock: flock, in file: CInt) -> Holder? {
    var answer = lock
    guard fcntl(file, F_GETLK, &answer) == 0, answer.l_type != Int16(F_UNLCK) else { return nil }
    return Holder(pid: answer.l_pid > 0 ? answer.l_pid : nil)
  }

  private static func exclusive(start: off_t, length: off_t) -> flock {
    flock(
      l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: start, l_len: length, l_pid: 0)
  }

  private static func readPID(_ file: CInt) -> Int32? {
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { bytes in
      let count = pread(file, bytes.baseAddress, bytes.count, 0)
      guard count > 0 else { return nil }
      let digits = bytes.prefix(count).prefix { $0 >= 0x30 && $0 <= 0x39 }
      return Int32(String(decoding: digits, as: UTF8.self))
    }
  }

  private static func writePID(_ file: CInt, path: String) throws {
    let line = Array("\(getpid())\n".utf8)
    guard ftruncate(file, 0) == 0, pwrite(file, line, line.count, 0) == line.count else {
      throw StoreError.unwritable(path, errno)
    }
  }
}
