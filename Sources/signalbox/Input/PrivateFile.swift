import Foundation

/// Files that only their owner may read.
enum PrivateFile {
  /// Puts the bytes there in one step: a reader sees the old file or the new one, also after a crash.
  static func replace(_ path: String, with bytes: [UInt8]) throws {
    // A link keeps pointing where it did.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let folder = (target as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw CommandFailure(.usage, "cannot make the folder `\(folder)`")
    }
    let beside = "\(target).new-\(getpid())"
    unlink(beside)
    try create(beside, bytes)
    guard rename(beside, target) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(beside)
      throw CommandFailure(.usage, "cannot write `\(path)`: \(reason)")
    }
  }

  /// Makes a new file. Throws when there is one already.
  static func create(_ path: String, _ bytes: [UInt8] = []) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let hint = errno == EEXIST ? "name a file that does not exist yet" : nil
      throw CommandFailure(.usage, "cannot make `\(path)`: \(String(cString: strerror(errno)))", hint: hint)
    }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path) }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  /// Takes back a file that was made and not needed.
  static func remove(_ path: String) {
    unlink(path)
  }

  static func isReadableByOthers(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
  }

  private static func failure(_ path: String) -> CommandFailure {
    let reason = String(cString: strerror(errno))
    unlink(path)
    return CommandFailure(.internalError, "cannot write `\(path)`: \(reason)")
  }
}
