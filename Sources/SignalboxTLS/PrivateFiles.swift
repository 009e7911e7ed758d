internal import Glibc

/// Writes certificate files: whole or not at all, and secrets never readable by others, not even
/// for a moment.
enum PrivateFiles {
  static func makeDirectory(_ path: String) throws(TLSError) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw TLSError(.configuration, "cannot make the directory `\(path)`", cause: reason())
    }
  }

  static func write(_ bytes: UnsafeRawBufferPointer, to path: String, secret: Bool) throws(TLSError) {
    guard bytes.count > 0 else { throw TLSError(.library, "there is nothing to write to `\(path)`") }
    let draft = path + ".new"
    _ = unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, secret ? 0o600 : 0o644)
    guard file >= 0 else { throw TLSError(.configuration, "cannot write `\(path)`", cause: reason()) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 || errno != EINTR {
        break
      }
    }
    let cause = reason()
    let closed = close(file) == 0
    guard closed, rest.isEmpty, rename(draft, path) == 0 else {
      _ = unlink(draft)
      throw TLSError(.configuration, "cannot write `\(path)`", cause: cause)
    }
  }

  /// A C string to be given to `free`.
  static func copy(_ text: String) -> UnsafeMutablePointer<CChar>? { strdup(text) }
  static func free(_ text: UnsafeMutablePointer<CChar>?) { Glibc.free(text) }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
