import NIOCore
import SignalboxProtocol
import SignalboxWire
import SwiftProtobuf
import Testing

@testable import SignalboxClient

/// The protocol's marks, over the real driver.
@Suite struct RetryTests {
  @Test func whatWasNotExecutedIsRepeatedOnceAndAtOnce() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.tickets.create(CreateTicketRequest()) }
      let server = await scene.network.accept()
      let first = try await server.call()
      try await server.refuse(first, Status(.resourceExhausted, reason: "OVERLOADED", retry: .notExecuted))
      let second = try await server.call()
      #expect(second.header.attempt == 1)
      #expect(second.key == first.key)
      #expect(second.message == first.message)
      #expect(scene.clock.pauses.isEmpty)
      try await server.refuse(second, Status(.resourceExhausted, reason: "OVERLOADED", retry: .notExecuted))
      #expect(await clientError(call)?.reason == .overloaded)
    }
  }

  @Test func aStreamThatIsRefusedIsRepeated() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.system.ping() }
      let server = await scene.network.accept()
      try await server.reset(try await server.call(), refused: true)
      let second = try await server.call()
      #expect(second.header.attempt == 1)
      try await server.answer(second, PingResponse())
      _ = try await call.value
    }
  }

  @Test func aStreamThatFailedIsNotRepeated() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.system.ping() }
      let server = await scene.network.accept()
      try await server.reset(try await server.call(), refused: false)
      #expect(await clientError(call)?.code == .internal)
    }
  }

  @Test func theSameKeyIsSentAgainFourTimesAtMost() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.tickets.reassign(ReassignTicketRequest()) }
      let server = await scene.network.accept()
      var keys: [[UInt8]?] = []
      var attempts: [UInt32] = []
      for round in 0..<ClientLimits.attempts {
        let received = try await server.call()
        keys.append(received.key)
        attempts.append(received.header.attempt)
        var status = Status(.unavailable, reason: "STORE_UNAVAILABLE", retry: .sameKey)
        if round == 1 { status.retryAfterMilliseconds = 950 }
        try await server.refuse(received, status)
      }
      #expect(await clientError(call)?.reason == .storeUnavailable)
      #expect(attempts == [0, 1, 2, 3])
      #expect(Set(keys).count == 1)
      #expect(keys[0]?.count == 16)
      #expect(scene.clock.pauses == [100, 950, 400])
    }
  }

  @Test func whatIsNotMarkedIsNotRepeated() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.tickets.get(GetTicketRequest()) }
      let server = await scene.network.accept()
      try await server.refuse(try await server.call(), Status(.unavailable, reason: "INTERNAL"))
      #expect(await clientError(call)?.reason == .internal)
      #expect(scene.clock.pauses.isEmpty)
    }
  }

  @Test func aLostConnectionIsReplacedAndTheCallSentAgainWithItsKey() async throws {
    try await Scene.play([.connects, .connects]) { scene in
      let call = scene.begin { try await $0.tickets.create(CreateTicketRequest()) }
      let lost = await scene.network.accept()
      let first = try await lost.call()
      try await lost.drop()
      let server = await scene.network.accept()
      let second = try await server.call()
      #expect(second.header.attempt == 1)
      #expect(second.key == first.key)
      try await server.answer(second, CreateTicketResponse.with { $0.number = 1 })
      #expect(try await call.value.number == 1)
    }
  }

  @Test func anIdentityThatIsNoLongerAcceptedIsNotRetried() async throws {
    try await Scene.play([.connects]) { scene in
      let call = scene.begin { try await $0.tickets.get(GetTicketRequest()) }
      let server = await scene.network.accept()
      _ = try await server.call()
      try await server.goAway(.unauthenticated)
      let error = await clientError(call)
      #expect(error?.code == .unauthenticated)
      #expect(error?.reason == .unauthenticated)
      // Nor is another connection made: every later call is told at once.
      let later = await clientError(scene.begin { try await $0.system.ping() })
      #expect(later?.code == .unauthenticated)
      #expect(scene.clock.pauses.isEmpty)
    }
  }
}
