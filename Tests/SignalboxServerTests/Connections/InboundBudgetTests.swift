import Logging
import NIOCore
import NIOEmbedded
import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxWire
import Testing

@testable import SignalboxServer

/// Connections on a loop by hand, fed with bytes as they come out of TLS.
struct InboundBudgetTests {
  private final class Peer {
    let channel = EmbeddedChannel()
    let driver: ConnectionDriver
    private var decoder = FrameDecoder(maxFrameBytes: WireLimits.standard.maxFrameBytes)

    init(_ loop: LoopContext) throws {
      driver = ConnectionDriver(loop, limits: .standard)
      try channel.pipeline.syncOperations.addHandler(driver)
      channel.pipeline.fireChannelActive()
      try send { $0.hello(Hello()) }
    }

    func send(_ write: (inout FrameEncoder) -> Void) throws {
      var encoder = FrameEncoder()
      write(&encoder)
      if let bytes = encoder.take(keepingStorage: false) { try channel.writeInbound(bytes) }
    }

    /// Begins a message on a stream and sends so much of it.
    func begin(_ stream: StreamID, kibibytes: Int) throws {
      let part = ByteBuffer(repeating: 0, count: 8 * 1_024)
      try send { $0.open(stream, CallHeader(method: Method.createTicket.rawValue), message: part, flags: .more) }
      for _ in 1..<(kibibytes / 8) { try send { $0.message(stream, part, flags: .more) } }
    }

    /// Streams that were reset with REFUSED since the last look.
    func refused() throws -> [UInt32] {
      while let bytes = try channel.readOutbound(as: ByteBuffer.self) { decoder.append(bytes) }
      var streams: [UInt32] = []
      while case .header(let header) = decoder.peek(), decoder.isComplete(header) {
        let code = decoder.payload(from: 0, count: 4)?.getInteger(at: 0, as: UInt32.self)
        if header.kind == .reset, code == ResetCode.refused.rawValue { streams.append(header.stream) }
        decoder.skip(header)
      }
      return streams
    }
  }

  @Test func whoHoldsMostGivesItBack() throws {
    var limits = ServerLimits()
    limits.incompleteBytes = 200 * 1_024
    let database = try SQLiteDatabase(at: .memory, migrations: Schema.migrations)
    let server = ServerContext(
      database: database, cursors: CursorCodec(key: [1]), limits: limits, instance: [1],
      clock: ServerClock { Timestamp(milliseconds: 0) }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let loop = LoopContext(server, eventLoop: EmbeddedEventLoop(), loops: 1)
    let modest = try Peer(loop)
    let greedy = try Peer(loop)
    try modest.begin(1, kibibytes: 64)
    try greedy.begin(1, kibibytes: 64)
    try greedy.begin(3, kibibytes: 64)
    #expect(try modest.refused() == [] && greedy.refused() == [])
    // 192 KiB are there; 16 more are too many.
    try greedy.begin(5, kibibytes: 16)
    #expect(try greedy.refused() == [1, 3, 5])
    #expect(try modest.refused() == [])
    #expect(greedy.driver.incompleteBytes == 0)
    #expect(modest.driver.incompleteBytes == 64 * 1_024)
    #expect(loop.statistics.shedConnections == 1)
    // What was given back can be used again; and what a connection held goes with it.
    try greedy.begin(7, kibibytes: 128)
    #expect(try greedy.refused() == [])
    _ = try greedy.channel.finish(acceptAlreadyClosed: true)
    try modest.begin(3, kibibytes: 128)
    #expect(try modest.refused() == [])
    _ = try modest.channel.finish(acceptAlreadyClosed: true)
  }
}
