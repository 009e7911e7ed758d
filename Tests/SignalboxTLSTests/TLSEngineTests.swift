import NIOCore
import SignalboxTLS
import Testing

@Suite struct TLSEngineTests {
  let certificates: Certificates

  init() throws { certificates = try Certificates.shared.get() }

  private func pair() throws -> Pair {
    try Pair(client: certificates.clientContext(), server: certificates.serverContext())
  }

  @Test func handshakeAndDataBothWays() throws {
    let pair = try pair()
    pair.settle()
    #expect(pair.client.handshakeComplete && pair.server.handshakeComplete)
    #expect(pair.client.applicationProtocol == alpn && pair.server.applicationProtocol == alpn)
    pair.client.send(Array("ping".utf8))
    pair.server.send(Array("pong".utf8))
    pair.settle()
    #expect(pair.server.received == Array("ping".utf8))
    #expect(pair.client.received == Array("pong".utf8))
  }

  @Test(arguments: [0, 1, 255, 16_383, 16_384, 16_385, 100_000, 1_000_000])
  func lengths(_ length: Int) throws {
    let pair = try pair()
    pair.settle()
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    pair.client.send(bytes)
    #expect(recordLengths(pair.client.output).count == (length + 16_383) / 16_384)
    pair.settle()
    #expect(pair.server.received == bytes)
  }

  @Test(arguments: [
    ([100, 200, 300], 1), ([16_384, 1], 2), ([1, 16_384], 2), ([1, 16_383], 1), ([40_000, 40_000], 5), ([0, 5, 0], 1),
    ([5, 0, 0], 1), ([16_384, 0], 1),
  ])
  func piecesShareRecords(_ pieces: [Int], records: Int) throws {
    let pair = try pair()
    pair.settle()
    let bytes = pieces.enumerated().map { index, count in [UInt8](repeating: UInt8(index + 1), count: count) }
    switch bytes.count {
    case 2: pair.client.send(bytes[0], bytes[1])
    default: pair.client.send(bytes[0], bytes[1], bytes[2])
    }
    #expect(recordLengths(pair.client.output).count == records)
    pair.settle()
    #expect(pair.server.received == Array(bytes.joined()))
  }

  /// A whole session, once for each place at which one direction's stream can be cut in two.
  @Test(arguments: [true, false])
  func everySplit(clientToServer: Bool) throws {
    let client = try certificates.clientContext()
    let server = try certificates.serverContext()
    let scratch = TLSScratch()
    var cut = 0
    var length = Int.max
    while cut <= length {
      let pair = try Pair(client: client, server: server, scratch: scratch)
      var carried = [true: 0, false: 0]
      func carry(_ from: Endpoint, _ to: Endpoint, _ isClient: Bool) {
        var bytes = from.takeOutput()
        let before = carried[isClient, default: 0]
        carried[isClient] = before + bytes.readableBytes
        if isClient == clientToServer, cut > before,
          let head = bytes.readSlice(length: min(cut - before, bytes.readableBytes))
        {
          to.feed(head)
        }
        to.feed(bytes)
      }
      func settle() {
        while pair.client.output.readableBytes + pair.server.output.readableBytes > 0 {
          carry(pair.client, pair.server, true)
          carry(pair.server, pair.client, false)
        }
      }
      settle()
      pair.client.send([1, 2, 3])
      pair.server.send([4, 5, 6])
      settle()
      pair.client.close()
      pair.server.close()
      settle()
      try #require(pair.server.received == [1, 2, 3] && pair.client.received == [4, 5, 6], "cut at \(cut)")
      try #require(pair.server.closedByPeer && pair.client.closedByPeer, "cut at \(cut)")
      length = carried[clientToServer, default: 0]
      cut += 1
    }
    #expect(cut > 300)
  }

  @Test func singleBytes() throws {
    let pair = try pair()
    for _ in 0..<4 {
      for (from, to) in [(pair.client, pair.server), (pair.server, pair.client)] {
        for byte in from.takeOutput().readableBytesView { to.feed(ByteBuffer(bytes: [byte])) }
      }
    }
    pair.client.send([7])
    for byte in pair.client.takeOutput().readableBytesView { pair.server.feed(ByteBuffer(bytes: [byte])) }
    #expect(pair.server.received == [7])
  }

  @Test func budgetBoundsRecordsOfATurn() throws {
    let scratch = TLSScratch()
    let pair = try pair()
    var server = try TLSEngine(context: certificates.serverContext(), scratch: scratch)
    var output = ByteBuffer()
    var input = pair.client.takeOutput()
    _ = server.handshake(&input, output: &output)
    pair.client.feed(output)
    input = pair.client.takeOutput()
    let handshake = server.handshake(&input, output: &output)
    #expect(handshake == .complete)
    for number in 0..<20 { pair.client.send([UInt8(number)]) }
    input = pair.client.takeOutput()
    var plaintext = ByteBuffer()
    var budget = 16
    let first = server.decrypt(&input, into: &plaintext, output: &output, budget: &budget)
    #expect(first == .budgetSpent)
    #expect(plaintext.readableBytes == 16 && budget == 0)
    budget = 16
    let second = server.decrypt(&input, into: &plaintext, output: &output, budget: &budget)
    #expect(second == .needsInput)
    #expect(plaintext.readableBytes == 20 && budget == 12 && input.readableBytes == 0)
  }

  // MARK: Ends

  @Test func closeNotifyIsNotARaggedClose() throws {
    let clean = try pair()
    clean.settle()
    clean.client.send([1])
    clean.client.close()
    clean.settle()
    #expect(clean.server.closedByPeer && clean.server.received == [1])
    #expect(clean.server.endOfInput() == nil)

    let ragged = try pair()
    ragged.settle()
    ragged.client.send([1])
    ragged.settle()
    #expect(ragged.server.endOfInput()?.code == .raggedClose)
  }

  @Test func truncatedStreamDeliversWholeRecordsOnly() throws {
    let pair = try pair()
    pair.settle()
    pair.client.send([1, 2])
    pair.client.send([3, 4])
    var bytes = pair.client.takeOutput()
    let cut = bytes.readSlice(length: bytes.readableBytes - 1)
    pair.server.feed(try #require(cut))
    #expect(pair.server.received == [1, 2])
    #expect(pair.server.endOfInput()?.code == .raggedClose)
  }

  @Test func endDuringHandshake() throws {
    let pair = try pair()
    #expect(pair.server.endOfInput()?.code == .handshake)
  }

  @Test func nothingIsWrittenAfterClosing() throws {
    let pair = try pair()
    pair.settle()
    pair.client.close()
    _ = pair.client.takeOutput()
    pair.client.send([1])
    #expect(pair.client.error?.code == .notOpen)
    pair.client.close()
    #expect(pair.client.output.readableBytes == 0)
  }

  @Test func answerAfterThePeersClose() throws {
    let pair = try pair()
    pair.settle()
    pair.client.close()
    pair.settle()
    pair.server.send([9])
    pair.server.close()
    pair.settle()
    #expect(pair.client.received == [9] && pair.client.closedByPeer)
  }

  // MARK: Damage

  @Test func corruptedRecordIsAnsweredByAnAlert() throws {
    let pair = try pair()
    pair.settle()
    pair.client.send(Array("hello".utf8))
    var bytes = pair.client.takeOutput()
    let last = bytes.writerIndex - 1
    bytes.setInteger(bytes.getInteger(at: last, as: UInt8.self).map { $0 ^ 1 } ?? 0, at: last)
    pair.server.feed(bytes)
    #expect(pair.server.error?.code == .badRecord)
    #expect(pair.server.received.isEmpty)
    pair.settle()
    #expect(pair.client.error?.code == .alert)
    #expect(pair.client.error?.cause?.contains("bad record mac") == true)
    // And then silence: no goodbye after a fatal error.
    pair.server.close()
    #expect(pair.server.output.readableBytes == 0)
    pair.server.feed(ByteBuffer(bytes: [0x17, 3, 3, 0, 1, 0]))
    #expect(pair.server.error?.code == .badRecord && pair.server.output.readableBytes == 0)
  }

  @Test func validRecordsBeforeADamagedOneAreDelivered() throws {
    let pair = try pair()
    pair.settle()
    pair.client.send([1])
    pair.client.send([2])
    var bytes = pair.client.takeOutput()
    bytes.setInteger(0xff as UInt8, at: bytes.writerIndex - 1)
    bytes.setInteger(0xff as UInt8, at: bytes.writerIndex - 2)
    pair.server.feed(bytes)
    #expect(pair.server.received == [1] && pair.server.error?.code == .badRecord)
  }

  @Test func errorOfOneConnectionStaysThere() throws {
    let scratch = TLSScratch()
    let server = try certificates.serverContext()
    let good = try Pair(client: certificates.clientContext(), server: server, scratch: scratch)
    good.settle()
    for round in 0..<50 {
      let bad = try Endpoint(server, scratch: scratch)
      bad.feed(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
      try #require(bad.error?.code == .notTLS)
      good.client.send([UInt8(round)])
      good.settle()
      good.server.feed(ByteBuffer())
      try #require(good.server.error == nil && good.client.error == nil)
    }
    #expect(good.server.received == (0..<50).map { UInt8($0) })
  }

  /// Any single flipped bit, anywhere in a client's bytes, ends in an error or in nothing, never in data.
  @Test func flippedBits() throws {
    let server = try certificates.serverContext()
    let client = try certificates.clientContext()
    let scratch = TLSScratch()
    var generator = SplitMix(seed: 20_240_501)
    for round in 0..<300 {
      let pair = try Pair(client: client, server: server, scratch: scratch)
      let damageHello = round % 3 == 0
      if !damageHello { pair.settle(); pair.client.send([1, 2, 3, 4]) }
      var bytes = pair.client.takeOutput()
      let offset = bytes.readerIndex + Int(generator.next() % UInt64(bytes.readableBytes))
      let byte = try #require(bytes.getInteger(at: offset, as: UInt8.self))
      bytes.setInteger(byte ^ (1 << UInt8(generator.next() % 8)), at: offset)
      pair.server.feed(bytes)
      try #require(pair.server.received.isEmpty, "seed 20240501, round \(round), byte \(offset)")
    }
  }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
