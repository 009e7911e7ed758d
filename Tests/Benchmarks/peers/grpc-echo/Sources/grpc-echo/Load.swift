import ArgumentParser
import GRPCCore
import GRPCNIOTransportHTTP2Posix

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `grpc-echo load`: a closed loop of unary calls. Prints one JSON line with the counters; `--latencies` takes the time
/// of each call of the measured seconds, nanoseconds as 32-bit integers in the machine's byte order.
struct Load: AsyncParsableCommand {
  @Option var port: Int
  @Option var connections = 4
  @Option(name: .customLong("in-flight"), help: "Calls at the same time on each connection.")
  var inFlight = 32
  @Option(help: "Bytes of each message.") var bytes = 256
  @Option(help: "Seconds before the measured ones.") var warmup = 0.5
  @Option(help: "Measured seconds.") var seconds = 3.0
  @Option(help: "File for the latencies.") var latencies: String?

  func run() async throws {
    let begin = ContinuousClock.now + .seconds(warmup)
    let end = begin + .seconds(seconds)
    let all = try await withThrowingTaskGroup(of: [UInt32].self) { group in
      for _ in 0..<connections {
        group.addTask { try await self.runConnection(from: begin, until: end) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    if let latencies { try write(all, to: latencies) }
    print(#"{"completed":\#(all.count),"seconds":\#(seconds),"errors":0,"first_error":""}"#)
  }

  private func runConnection(
    from begin: ContinuousClock.Instant, until end: ContinuousClock.Instant
  ) async throws -> [UInt32] {
    // The peer's certificate was made a moment ago by the same script; checking it would cost only the handshake.
    let transport = try HTTP2ClientTransport.Posix(
      target: .ipv4(address: "127.0.0.1", port: port),
      transportSecurity: .tls { $0.serverCertificateVerification = .noVerification })
    return try await withGRPCClient(transport: transport) { client in
      try await withThrowingTaskGroup(of: [UInt32].self) { group in
        for _ in 0..<inFlight {
          group.addTask { try await self.runLoop(client, from: begin, until: end) }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
    }
  }

  private func runLoop<Transport: ClientTransport>(
    _ client: GRPCClient<Transport>,
    from begin: ContinuousClock.Instant, until end: ContinuousClock.Instant
  ) async throws -> [UInt32] {
    let payload = [UInt8](repeating: 7, count: bytes)
    var times: [UInt32] = []
    times.reserveCapacity(65_536)
    while true {
      let sent = ContinuousClock.now
      if sent >= end { return times }
      _ = try await client.unary(
        request: ClientRequest(message: payload), descriptor: echoMethod,
        serializer: PlainBytes(), deserializer: PlainBytes(), options: .defaults
      ) { try $0.message }
      let answered = ContinuousClock.now
      guard answered >= begin, answered < end else { continue }
      let (seconds, attoseconds) = (answered - sent).components
      times.append(UInt32(clamping: seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
    }
  }

  private func write(_ values: [UInt32], to path: String) throws {
    guard let file = fopen(path, "wb") else { throw ValidationError("cannot write `\(path)`") }
    defer { fclose(file) }
    let written = values.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    guard written == values.count * 4 else { throw ValidationError("`\(path)` is cut short") }
  }
}
