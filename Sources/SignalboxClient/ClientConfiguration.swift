public import Logging

/// Where the server is, who speaks, and how long to wait.
public struct ClientConfiguration: Sendable {
  /// Name or address of the server.
  public var host: String
  public var port: Int
  /// The name the server's certificate must have. Nil: `host`.
  public var serverName: String?
  /// PEM file of the authorities to believe. Nil: those of the system.
  public var trustRootsPath: String?
  /// PEM files of a client certificate, own certificate first, and its key. Both or none.
  public var certificateChainPath: String?
  public var privateKeyPath: String?
  /// Says who speaks, on every connection. At most 4,096 bytes. It is never logged.
  public var token: String?
  /// The tenant that a system admin's calls are about. Others leave it out: theirs follows from who they are.
  public var tenant: String?
  /// Connections that are kept open; at least 1, at most 64. One carries 128 calls at the same time.
  public var connections: Int = 1
  /// For reaching the server, and once more for the TLS handshake.
  public var connectTimeout: Duration = .seconds(5)
  /// For a call whose options say nothing else.
  public var callTimeout: Duration = .seconds(30)
  /// Name and version of the program, for the server's logs; cut at 256 bytes.
  public var software: String = "signalbox-client"
  /// Told about connections that are made, lost or refused. Nil: nobody is told.
  public var logger: Logger?

  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// As it stands in messages: `[::1]:7443` for an address of version 6.
  var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  var connectionCount: Int { min(max(connections, 1), ClientLimits.connections) }
}
