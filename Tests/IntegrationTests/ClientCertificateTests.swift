import Foundation
import SignalboxClient
import SignalboxTLS
import SignalboxTestKit
import Testing

/// A server that believes client certificates of one authority, and what a revocation does to who is connected.
struct ClientCertificateTests {
  /// Two connections with certificates of their own, open until the first is sent away. It prints `open`, then the
  /// code of the GOAWAY that the first got, and then how the second was answered.
  private static let twoConnections = """
    import socket, ssl, struct, sys
    port, ca = int(sys.argv[1]), sys.argv[2]
    def connect(chain, key):
        context = ssl.create_default_context(cafile=ca)
        context.set_alpn_protocols(["signalbox/1"])
        context.load_cert_chain(chain, key)
        raw = socket.create_connection(("127.0.0.1", port), timeout=20)
        tls = context.wrap_socket(raw, server_hostname="localhost")
        tls.sendall(bytes.fromhex("00000004000000000100") + b"SBX1")
        return tls
    def exactly(tls, count):
        data = b""
        while len(data) < count:
            part = tls.recv(count - len(data))
            if not part: raise EOFError(f"{len(data)} of {count} bytes")
            data += part
        return data
    def frame(tls):
        length, stream, kind, flags = struct.unpack(">IIBB", exactly(tls, 10))
        return kind, flags, exactly(tls, length)
    first, second = connect(*sys.argv[3:5]), connect(*sys.argv[5:7])
    for tls in (first, second): assert frame(tls)[0] == 1
    print("open", flush=True)
    kind, flags, payload = frame(first)
    assert kind == 8, (kind, payload)
    print("goaway", struct.unpack(">I", payload[4:8])[0])
    assert first.recv(1) == b""
    second.sendall(struct.pack(">IIBB", 8, 0, 7, 0) + b"12345678")
    print("second", frame(second) == (7, 1, b"12345678"))
    """

  @Test func strangersAndTheRevokedAreSentAway() async throws {
    let server = try ServerProcess()
    let now = Int64(Date().timeIntervalSince1970)
    let clients = server.directory.path + "/clients"
    try DevelopmentCertificate.make(directory: clients, now: now)
    let ada = try DevelopmentCertificate.makeClient(directory: clients, file: "ada", names: [.uri("urn:ada")], now: now)
    let ben = try DevelopmentCertificate.makeClient(directory: clients, file: "ben", names: [.uri("urn:ben")], now: now)
    let elsewhere = server.directory.path + "/elsewhere"
    try DevelopmentCertificate.make(directory: elsewhere, now: now)
    let stranger = try DevelopmentCertificate.makeClient(
      directory: elsewhere, file: "ada", names: [.uri("urn:ada")], now: now)
    let list = try DevelopmentCertificate.revoke(certificatePaths: [], directory: clients, now: now)
    try await server.start([
      "--tls-client-roots", ada.trustRootsPath, "--tls-client-revoked", list, "--log-level", "debug",
    ])

    try await ping(server, as: ada)
    try await ping(server, as: ben)
    // Allowed, not demanded: who a caller is, tokens say.
    try await ping(server, as: nil)
    await expectRefused(server, stranger)
    try await server.waitForLog(containing: "unable to get local issuer certificate")

    let connections = try ProgramRun.launch(
      "/usr/bin/python3",
      [
        "-c", Self.twoConnections, "\(server.port)", server.authorityPath, ada.certificateChainPath, ada.privateKeyPath,
        ben.certificateChainPath, ben.privateKeyPath,
      ])
    try await connections.waitForOutput(containing: "open")
    try DevelopmentCertificate.revoke(certificatePaths: [ada.certificateChainPath], directory: clients, now: now)
    server.send(SIGHUP)
    try await server.waitForLog(containing: "certificates reloaded")
    let outcome = try await connections.finish()
    #expect(outcome.status == 0)
    #expect(outcome.output == "open\ngoaway \(GoAway.unauthenticated)\nsecond True\n")
    // And there is no way back.
    await expectRefused(server, ada)
    try await ping(server, as: ben)
    await server.kill(SIGTERM)
  }

  private enum GoAway {
    /// Of Protocol/README.md, section 2.
    static let unauthenticated = 8
  }

  private func ping(_ server: ServerProcess, as files: DevelopmentCertificate.Files?) async throws {
    var configuration = server.configuration(token: nil)
    configuration.certificateChainPath = files?.certificateChainPath
    configuration.privateKeyPath = files?.privateKeyPath
    configuration.callTimeout = .seconds(5)
    try await SignalboxClient.withClient(configuration) { client in
      let answer = try await client.system.ping([7])
      #expect(answer.payload == Data([7]))
    }
  }

  private func expectRefused(_ server: ServerProcess, _ files: DevelopmentCertificate.Files) async {
    let error = await #expect(throws: ClientError.self) { try await ping(server, as: files) }
    #expect(error?.code == .unavailable, "\(String(describing: error))")
  }
}
