import NIOCore
import SignalboxWire
import Testing

@Suite struct VectorTests {
  static let serverScripts = VectorScript.load("server.json")
  static let clientScripts = VectorScript.load("client.json")

  @Test func scriptsAreThere() {
    #expect(VectorTests.serverScripts.count > 140)
    #expect(VectorTests.clientScripts.count > 30)
  }

  /// How the bytes are cut must not matter.
  @Test(arguments: serverScripts, [Int.max, 1, 7])
  func server(_ script: VectorScript, chunk: Int) {
    let server = ServerHarness()
    for (index, step) in script.steps.enumerated() {
      if let parts = step.send {
        feed(parts, chunk) { server.receive($0) }
      } else if let milliseconds = step.wait_ms {
        server.wait(.milliseconds(milliseconds))
      } else if let expected = step.expect {
        switch expected.type {
        case "nothing": #expect(server.frames.isEmpty, "step \(index)")
        case "close": #expect(server.isClosed, "step \(index)")
        default:
          guard check(expected, next(&server.frames), step: index) else { return }
        }
      } else {
        Issue.record("step \(index) is of no known kind")
      }
    }
    #expect(server.frames.isEmpty, "frames nobody expected")
    let mayClose = script.steps.contains { $0.expect?.type == "close" }
    #expect(server.isClosed == mayClose)
  }

  @Test(arguments: clientScripts, [Int.max, 1, 7])
  func client(_ script: VectorScript, chunk: Int) {
    var limits = WireLimits()
    if let window = script.window { limits.initialWindowBytes = window }
    let client = ClientHarness(limits)
    for (index, step) in script.steps.enumerated() {
      if let parts = step.send {
        feed(parts, chunk) { client.receive($0) }
      } else if let milliseconds = step.wait_ms {
        client.wait(.milliseconds(milliseconds))
      } else if let call = step.call {
        let header = CallHeader(method: call.method, timeoutMilliseconds: call.timeout_ms ?? 0)
        let outcome = client.open(header, call.message.bytes, endStream: call.end_stream)
        if let refused = call.refused {
          #expect("\(outcome)" == refused, "step \(index)")
        } else if case .opened = outcome {
        } else {
          Issue.record("step \(index): \(outcome)")
        }
      } else if let stream = step.cancel {
        client.connection.cancel(StreamID(stream))
        client.turn()
      } else if let consumed = step.consumed {
        client.connection.consumed(consumed.bytes, on: StreamID(consumed.stream))
        client.turn()
      } else if let expected = step.event {
        guard check(expected, next(&client.events), step: index) else { return }
      } else if let expected = step.expect {
        if expected.type == "nothing" {
          #expect(client.frames.isEmpty, "step \(index)")
        } else {
          guard check(expected, next(&client.frames), step: index) else { return }
        }
      }
    }
    #expect(client.frames.isEmpty && client.events.isEmpty, "left: \(client.frames) \(client.events)")
  }

  private func feed(_ parts: [VectorBytes], _ chunk: Int, _ receive: ([UInt8]) -> Void) {
    let bytes = parts.flatMap(\.bytes)
    // Long sessions byte by byte add minutes and no new split.
    let size = bytes.count > 100_000 ? max(chunk, 1_009) : chunk
    var at = 0
    while at < bytes.count {
      let end = size >= bytes.count - at ? bytes.count : at + size
      receive([UInt8](bytes[at..<end]))
      at = end
    }
  }

  private func next(_ queue: inout [Expectation]) -> Expectation? {
    queue.isEmpty ? nil : queue.removeFirst()
  }

  private func check(_ expected: Expectation, _ seen: Expectation?, step: Int) -> Bool {
    guard let seen else {
      Issue.record("step \(step): nothing came, expected \(expected)")
      return false
    }
    let field = expected.disagreement(with: seen)
    #expect(field == nil, "step \(step): expected \(expected), got \(seen)")
    return field == nil
  }
}
