import Foundation

/// A loopback port that nobody listens on.
enum FreePort {
  struct Failed: Error {}

  static func find() throws -> Int {
    let socket = try Self.bound(to: 0)
    defer { close(socket.descriptor) }
    return socket.port
  }

  /// A socket that listens, for a server to stumble over. The caller closes it.
  static func bound(to port: UInt16) throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failed() }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && listen(descriptor, 1) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    guard isBound else {
      close(descriptor)
      throw Failed()
    }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
  }
}
