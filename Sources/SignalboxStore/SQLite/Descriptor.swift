#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file that closes itself. Child processes do not get it.
struct Descriptor: ~Copyable, Sendable {
  let number: CInt

  /// - Parameters:
  ///   - flags: of `open(2)`; files that it makes are their owner's only.
  ///   - blamed: the path to name in an error, if not `path`.
  init(opening path: String, _ flags: CInt, blaming blamed: String? = nil) throws {
    number = open(path, flags | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw StoreError.unwritable(blamed ?? path, errno) }
  }

  deinit {
    close(number)
  }
}

extension StoreError {
  /// What the system says about a path.
  static func unwritable(_ path: String, _ code: CInt) -> StoreError {
    .unwritable(path: path, reason: String(cString: strerror(code)))
  }
}
