import Foundation
import NIOCore
import SignalboxCore

/// What a server is told before it starts. Paths are of files in PEM; absent ones are made in the data directory.
package struct ServerConfiguration: Sendable {
  /// Address to listen on: an IP address or a host name of this machine.
  package var host: String
  /// 0: any free port, which the log then tells.
  package var port: Int
  /// Where the database, its lock and, at first start, the development certificate are. Made if absent.
  package var dataDirectory: String
  /// Server certificate chain, own certificate first. Nil: the development certificate.
  package var certificateChainPath: String?
  package var privateKeyPath: String?
  /// Whom to believe about client certificates. Nil: clients are not asked for one.
  package var clientTrustRootsPath: String?
  package var revocationListPath: String?
  /// Address and port of health and metrics; nil: none. Plain HTTP, so keep it on loopback.
  package var observabilityHost: String
  package var observabilityPort: Int?
  /// Event loops; connections are spread over them.
  package var eventLoops: Int
  /// Where the first admin token goes, readable by its owner only; nil: to standard output.
  package var adminTokenPath: String?
  package var limits = ServerLimits()

  package init(host: String = "127.0.0.1", port: Int = 7443, dataDirectory: String) {
    self.host = host
    self.port = port
    self.dataDirectory = dataDirectory
    observabilityHost = "127.0.0.1"
    observabilityPort = nil
    eventLoops = 1
  }
}

/// Why a server did not start, and what to do about it.
package struct StartupError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }

  /// What the system said, and no more.
  static func plain(_ error: any Error) -> String {
    switch error {
    case let error as IOError: String(cString: strerror(error.errnoCode))
    case let error as SocketAddressError.UnknownHost: error.errorDescription
    default: "\(error)"
    }
  }
}
