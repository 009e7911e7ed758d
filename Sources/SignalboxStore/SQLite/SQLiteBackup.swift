#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import GRDB

extension SQLiteConnection {
  /// Pages between two looks at the flag.
  private static let pagesPerStep: CInt = 1024

  /// Copies the database, as of one moment, into a new file, which appears under its name only when it
  /// is whole and safe on the disk. Blocks; the connection is to be used for nothing else.
  func backup(to path: String, until stop: StopFlag) throws {
    guard access(path, F_OK) != 0 else {
      throw StoreError.unwritable(path: path, reason: "it exists already")
    }
    let partial = path + ".partial"
    unlink(partial)
    do {
      // Made here, so that nobody else can read it at any time.
      _ = try Descriptor(opening: partial, O_RDWR | O_CREAT | O_EXCL, blaming: path)
      try copy(to: partial, until: stop)
      guard rename(partial, path) == 0 else {
        throw StoreError.unwritable(path, errno)
      }
      try syncFolder(of: path)
    } catch {
      unlink(partial)
      throw StoreError(opening: error, at: path)
    }
  }

  private func copy(to partial: String, until stop: StopFlag) throws {
    let destination = try DatabaseQueue(path: partial)
    defer { try? destination.close() }
    // The read transaction around the steps keeps the source at one moment, so that commits in between
    // neither show nor make the copy begin again.
    try queue.read { source in
      try destination.writeWithoutTransaction { destination in
        try source.backup(to: destination, pagesPerStep: Self.pagesPerStep) { _ in
          if stop.isSet { throw StoreError.closed }
        }
      }
    }
  }

  private func syncFolder(of path: String) throws {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let file = try Descriptor(opening: folder, O_RDONLY | O_DIRECTORY, blaming: path)
    guard fsync(file.number) == 0 else {
      throw StoreError.io(operation: .sync, reason: String(cString: strerror(errno)))
    }
  }
}
