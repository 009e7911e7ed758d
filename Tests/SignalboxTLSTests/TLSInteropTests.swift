import Foundation
import NIOCore
import SignalboxTLS
import Synchronization
import Testing

/// The handler on real sockets, against programs that are not ours.
@Suite(.timeLimit(.minutes(2))) struct TLSInteropTests {
  let certificates: Certificates

  init() throws { certificates = try Certificates.shared.get() }

  private func sClient(_ server: EchoServer, _ arguments: [String], input: String = "hello\nbye\n") async throws
    -> ExternalProcess.Result
  {
    try await ExternalProcess.runAside(
      [
        "/usr/bin/openssl", "s_client", "-connect", "127.0.0.1:\(server.port)", "-CAfile",
        certificates.server.trustRootsPath,
        "-verify_return_error", "-verify_hostname", "localhost", "-ign_eof",
      ] + arguments, input: input)
  }

  private func python(_ server: EchoServer, _ script: String, _ arguments: String...) async throws
    -> ExternalProcess.Result
  {
    let preamble = """
      import socket, ssl, sys
      def connect(alpn=["\(alpn)"], cert=None):
          context = ssl.create_default_context(cafile="\(certificates.server.trustRootsPath)")
          if alpn: context.set_alpn_protocols(alpn)
          if cert: context.load_cert_chain(cert[0], cert[1])
          raw = socket.create_connection(("127.0.0.1", \(server.port)), timeout=10)
          return context.wrap_socket(raw, server_hostname="localhost")
      def exactly(s, n):
          data = b""
          while len(data) < n:
              part = s.recv(65536)
              if not part: break
              data += part
          return data

      """
    return try await ExternalProcess.runAside(["/usr/bin/python3", "-c", preamble + script] + arguments)
  }

  @Test func opensslClientIsServed() async throws {
    let result = try await EchoServer.run(certificates.serverContext()) {
      try await sClient($0, ["-alpn", alpn])
    }
    #expect(result.status == 0, "\(result.errors)")
    for text in [
      "hello\nbye\n", "ALPN protocol: \(alpn)", "Protocol  : TLSv1.3", "TLS_AES_128_GCM_SHA256",
      "Verification: OK", "Early data was not sent", "X25519", "Compression: NONE",
    ] {
      let found =
        result.output.contains(text) || text == "Protocol  : TLSv1.3" && result.output.contains("New, TLSv1.3")
      #expect(found, "no `\(text)` in \(result.output)")
    }
    #expect(!result.output.contains("Post-Handshake New Session Ticket"))
  }

  @Test(arguments: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"])
  func suites(_ suite: String) async throws {
    let result = try await EchoServer.run(certificates.serverContext()) {
      try await sClient($0, ["-alpn", alpn, "-ciphersuites", suite, "-groups", "P-256"])
    }
    #expect(result.status == 0 && result.output.contains("hello\nbye\n") && result.output.contains(suite))
  }

  /// Refused, with a code of ours and an alert of theirs; and the server goes on.
  @Test(
    arguments: [
      (["-alpn", alpn, "-tls1_2"], TLSError.Code.protocolVersion, "alert protocol version"),
      ([], .applicationProtocol, "alert number 120"),
      (["-alpn", "http/1.1"], .applicationProtocol, "alert number 120"),
      (["-alpn", alpn, "-ciphersuites", "TLS_AES_128_CCM_SHA256"], .handshake, "handshake failure"),
      (["-alpn", alpn, "-groups", "P-521"], .handshake, "handshake failure"),
    ] as [([String], TLSError.Code, String)])
  func opensslClientIsRefused(_ arguments: [String], _ code: TLSError.Code, _ alert: String) async throws {
    let (refused, served, errors) = try await EchoServer.run(certificates.serverContext()) { server in
      let refused = try await sClient(server, arguments)
      let served = try await sClient(server, ["-alpn", alpn])
      return (refused, served, server.log.withLock { $0.errors })
    }
    #expect(refused.status == 1)
    #expect(!refused.output.contains("hello\n"))
    #expect(refused.errors.contains(alert), "\(refused.errors)")
    #expect(errors == [code])
    #expect(served.status == 0)
  }

  @Test func clientCertificate() async throws {
    let own = try certificates.client("interop", names: [.uri("urn:interop")])
    let arguments = ["-alpn", alpn, "-cert", own.certificateChainPath, "-key", own.privateKeyPath]
    let (with, without, completed, errors) = try await EchoServer.run(
      certificates.serverContext(clients: .required)
    ) { server in
      let with = try await sClient(server, arguments)
      let without = try await sClient(server, ["-alpn", alpn])
      let log = server.log.withLock { $0 }
      return (with, without, log.completed, log.errors)
    }
    #expect(with.status == 0 && with.output.contains("hello\nbye\n"))
    #expect(completed == [PeerIdentity(kind: .uri, name: "urn:interop")])
    #expect(!without.output.contains("hello\nbye\n") && without.errors.contains("certificate required"))
    #expect(errors == [.peerCertificate])
  }

  /// A certificate that is not to be believed, and the alert it is answered with.
  enum Unbelievable: CaseIterable {
    case expired
    case strangers

    /// Of RFC 8446: certificate_expired and unknown_ca.
    var alert: (number: Int, pythonReason: String) {
      switch self {
      case .expired: (45, "SSLV3_ALERT_CERTIFICATE_EXPIRED")
      case .strangers: (48, "TLSV1_ALERT_UNKNOWN_CA")
      }
    }

    /// Files that their programs read; `stranger` is another authority, which the caller keeps.
    func make(_ own: Certificates, _ stranger: Certificates) throws -> DevelopmentCertificate.Files {
      switch self {
      case .expired:
        try own.client("interop-expired-\(UUID().uuidString)", now: Certificates.now - 91 * 86_400)
      case .strangers: try stranger.client("interop-stranger")
      }
    }
  }

  /// Refused with our code and their alert, whether a certificate is wanted or only allowed; nobody is let in by it, and
  /// who has a good one still is. They say nothing before they are answered: what is unread when the server closes may
  /// cost them the alert.
  @Test(arguments: Unbelievable.allCases, [TLSConfiguration.ClientCertificates.optional, .required])
  func opensslCertificateIsRefused(
    _ certificate: Unbelievable, _ mode: TLSConfiguration.ClientCertificates
  ) async throws {
    let stranger = try Certificates()
    let bad = try certificate.make(certificates, stranger)
    let good = try certificates.client("interop-good-\(UUID().uuidString)", names: [.uri("urn:good")])
    @Sendable func arguments(_ files: DevelopmentCertificate.Files) -> [String] {
      ["-alpn", alpn, "-cert", files.certificateChainPath, "-key", files.privateKeyPath]
    }
    let (refused, served, log) = try await EchoServer.run(certificates.serverContext(clients: mode)) { server in
      let refused = try await sClient(server, arguments(bad), input: "")
      let served = try await sClient(server, arguments(good))
      return (refused, served, server.log.withLock { $0 })
    }
    #expect(refused.errors.contains("SSL alert number \(certificate.alert.number)"), "\(refused.errors)")
    #expect(log.errors == [.peerCertificate])
    #expect(served.status == 0 && served.output.contains("hello\nbye\n"), "\(served.errors)")
    #expect(log.completed == [PeerIdentity(kind: .uri, name: "urn:good")])
    withExtendedLifetime(stranger) {}
  }

  /// `K` on a line of its own makes s_client change its keys and ask us to change ours.
  @Test func keyUpdate() async throws {
    let (result, log) = try await EchoServer.run(certificates.serverContext()) { server in
      let result = try await python(
        server,
        """
        import subprocess
        p = subprocess.Popen(["openssl", "s_client", "-connect", "127.0.0.1:\(server.port)", "-alpn", "\(alpn)",
            "-CAfile", "\(certificates.server.trustRootsPath)"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        def say(line, stream, answer):
            p.stdin.write(line)
            p.stdin.flush()
            for got in stream:
                if answer in got: return
            raise AssertionError(answer)
        for n in range(40):             # more than the records in a row that may carry nothing
            say(b"line %d\\n" % n, p.stdout, b"line %d\\n" % n)
            say(b"K\\n", p.stderr, b"KEYUPDATE")
        say(b"bye\\n", p.stdout, b"bye")
        print("status", p.wait(10))
        """)
      return (result, server.log.withLock { $0 })
    }
    #expect(result.output == "status 0\n", "\(result.errors)")
    #expect(log.errors.isEmpty)
  }

  /// Key updates without data between them, held back on the way and then delivered in one piece.
  @Test func floodOfKeyUpdates() async throws {
    let (result, log) = try await EchoServer.run(certificates.serverContext()) { server in
      let result = try await python(
        server,
        """
        import select, subprocess, threading
        listener = socket.create_server(("127.0.0.1", 0))
        p = subprocess.Popen(["openssl", "s_client", "-connect", "127.0.0.1:%d" % listener.getsockname()[1],
            "-alpn", "\(alpn)", "-CAfile", "\(certificates.server.trustRootsPath)"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        near = listener.accept()[0]
        far = socket.create_connection(("127.0.0.1", \(server.port)), timeout=10)
        near.settimeout(10)
        def carry(a, b):
            try:
                while data := a.recv(65536): b.sendall(data)
            except OSError: pass
        back = threading.Thread(target=carry, args=(far, near), daemon=True)
        back.start()
        def say(line, stream, answer):
            p.stdin.write(line)
            p.stdin.flush()
            for got in stream:
                if answer in got: return
            raise AssertionError(answer)
        stop, stopped = socket.socketpair()
        def forward():                  # until told to stop; what comes later stays in the socket
            while True:
                ready = select.select([near, stopped], [], [])[0]
                if stopped in ready: return
                far.sendall(near.recv(65536))
        first = threading.Thread(target=forward, daemon=True)
        first.start()
        say(b"hello\\n", p.stdout, b"hello")
        stop.send(b"x")
        first.join(10)
        assert not first.is_alive()
        count = int(sys.argv[1])
        for n in range(count): say(b"K\\n", p.stderr, b"KEYUPDATE")
        data = b""
        while len(data) < 27 * count: data += near.recv(65536)     # 27 bytes a record
        far.sendall(data)
        back.join(10)                   # the server has closed
        p.kill()
        print("sent", len(data) // 27)
        """, "\(TLSEngine.barrenRecordLimit + 8)")
      return (result, server.log.withLock { $0 })
    }
    #expect(result.output == "sent \(TLSEngine.barrenRecordLimit + 8)\n", "\(result.errors)")
    #expect(log.errors.first == .overload)
  }

  // MARK: Python

  @Test func pythonClientIsServed() async throws {
    let (result, log) = try await EchoServer.run(certificates.serverContext()) { server in
      let result = try await python(
        server,
        """
        s = connect()
        assert s.selected_alpn_protocol() == "\(alpn)", s.selected_alpn_protocol()
        assert s.version() == "TLSv1.3", s.version()
        s.sendall(b"hello")
        assert exactly(s, 5) == b"hello"
        s.unwrap()
        print("unwrapped")
        """)
      return (result, server.log.withLock { $0 })
    }
    #expect(result.output == "unwrapped\n", "\(result.errors)")
    #expect(log.cleanEnds == 1 && log.errors.isEmpty)
  }

  /// Many small records in one go, then many bytes: turns, yields and back-pressure on a real socket.
  @Test func pythonBulk() async throws {
    let result = try await EchoServer.run(certificates.serverContext()) { server in
      try await python(
        server,
        """
        s = connect()
        small = [bytes([n % 251]) * (n % 97 + 1) for n in range(5000)]
        large = [bytes([n]) * 131072 for n in range(64)]
        for piece in small + large: s.sendall(piece)
        expected = b"".join(small + large)
        got = exactly(s, len(expected))
        assert got == expected, (len(got), len(expected))
        s.unwrap()
        print("same")
        """)
    }
    #expect(result.output == "same\n", "\(result.errors)")
  }

  @Test func pythonServersRaggedAndCleanEnds() async throws {
    let (result, log) = try await EchoServer.run(certificates.serverContext()) { server in
      let result = try await python(
        server,
        """
        s = connect()
        s.sendall(b"x")
        assert exactly(s, 1) == b"x"
        s.shutdown(socket.SHUT_RDWR)
        s.close()
        s = connect()
        s.sendall(b"bye\\n")
        assert exactly(s, 4) == b"bye\\n"
        # suppress_ragged_eofs is on, so ask for the raw truth: unwrap fails unless close_notify came.
        s.unwrap()
        print("clean")
        """)
      return (result, server.log.withLock { $0 })
    }
    #expect(result.output == "clean\n", "\(result.errors)")
    #expect(log.errors == [.raggedClose])
  }

  @Test(arguments: Unbelievable.allCases) func pythonCertificateIsRefused(_ certificate: Unbelievable) async throws {
    let stranger = try Certificates()
    let bad = try certificate.make(certificates, stranger)
    let good = try certificates.client("python-good-\(UUID().uuidString)", names: [.uri("urn:good")])
    let (result, log) = try await EchoServer.run(certificates.serverContext(clients: .required)) { server in
      let result = try await python(
        server,
        """
        try:
            # A client of TLS 1.3 is done before its certificate is looked at: the answer comes where it reads.
            print("served", connect(cert=sys.argv[1:3]).recv(1))
        except ssl.SSLError as error: print(error.reason)
        s = connect(cert=sys.argv[3:5])
        s.sendall(b"hello")
        print(exactly(s, 5).decode())
        s.unwrap()
        """, bad.certificateChainPath, bad.privateKeyPath, good.certificateChainPath, good.privateKeyPath)
      return (result, server.log.withLock { $0 })
    }
    #expect(result.output == "\(certificate.alert.pythonReason)\nhello\n", "\(result.errors)")
    #expect(log.errors == [.peerCertificate])
    #expect(log.completed == [PeerIdentity(kind: .uri, name: "urn:good")])
    withExtendedLifetime(stranger) {}
  }

  // MARK: Noise

  @Test func noiseIsClosedAndTheServerGoesOn() async throws {
    let (result, log) = try await EchoServer.run(
      certificates.serverContext(), handshakeTimeout: .milliseconds(300)
    ) { server in
      let result = try await python(
        server,
        """
        import random
        def say(data, half=False):
            s = socket.create_connection(("127.0.0.1", \(server.port)), timeout=10)
            s.sendall(data)
            if half: s.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while True:
                    part = s.recv(4096)
                    if not part: break
                    answer += part
            except ConnectionResetError: pass
            return len(answer)
        seed = 4711
        print("seed", seed, file=sys.stderr)
        random.seed(seed)
        assert say(b"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n") <= 7
        assert say(b"") == 0            # silence: the deadline
        assert say(b"\\x16\\x03\\x01", half=True) <= 7
        for n in range(50):
            assert say(bytes([random.randrange(128, 256)]) + random.randbytes(400)) <= 7
        for n in range(20):             # a proper record header, then anything
            assert say(b"\\x16\\x03\\x01\\x00\\x80" + random.randbytes(128)) <= 7
        s = connect()
        s.sendall(b"still here")
        print(exactly(s, 10).decode())
        s.unwrap()
        s.close()
        """)
      // A handler goes when its channel has left the loop, which is a matter of turns of the loop.
      for _ in 0..<1000 where try await server.alive() > 0 { await Task.yield() }
      #expect(try await server.alive() == 0)
      return (result, server.log.withLock { $0 })
    }
    #expect(result.output == "still here\n", "\(result.errors)")
    #expect(log.errors.contains(.notTLS) && log.errors.contains(.deadline) && log.errors.contains(.handshake))
    #expect(log.completed.count == 1)
  }
}
