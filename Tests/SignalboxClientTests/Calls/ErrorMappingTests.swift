import NIOCore
import NIOPosix
import SignalboxProtocol
import SignalboxTLS
import SignalboxWire
import Testing

@testable import SignalboxClient

@Suite struct ErrorMappingTests {
  @Test func aRefusalKeepsEverythingTheServerSaid() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.tickets.create(CreateTicketRequest()) }
      let server = await scene.network.accept()
      var status = Status(.invalidArgument, reason: "INVALID_FIELD", message: "the subject is empty; name one")
      status.violations = [.init(field: "subject", description: "1 to 500 characters")]
      status.retryAfterMilliseconds = 250
      status.cursor = "c1"
      try await server.refuse(try await server.call(), status)
      let error = try #require(await clientError(call))
      #expect(error.code == .invalidArgument)
      #expect(error.reason == .invalidField)
      #expect(error.reasonText == "INVALID_FIELD")
      #expect(error.message == "the subject is empty; name one")
      #expect(error.violations == [.init(field: "subject", description: "1 to 500 characters")])
      #expect(error.retryAfter == .milliseconds(250))
      #expect(error.cursor == "c1")
      #expect(error.description == "INVALID_FIELD: the subject is empty; name one")
    }
  }

  @Test(arguments: ErrorReason.allCases) func everyReasonIsKnown(_ reason: ErrorReason) {
    let error = ClientError(Status(reason.code, reason: reason.rawValue))
    #expect(error.reason == reason)
    #expect(error.code == reason.code)
    #expect(error.message == reason.meaning)
  }

  @Test func aReasonOfANewerServerIsKeptAsText() {
    let error = ClientError(Status(.aborted, reason: "MOON_PHASE", message: "not tonight"))
    #expect(error.reason == nil)
    #expect(error.reasonText == "MOON_PHASE")
    #expect(error.code == .aborted)
  }

  static let transportErrors: [(any Error, String, Bool)] = [
    (IOError(errnoCode: 111, reason: ""), "connection to localhost:7443 refused; is signalboxd running there?", false),
    (
      ChannelError.connectTimeout(.seconds(5)),
      "connection to localhost:7443 took too long; check the address and the network", false
    ),
    (TLSError(.notTLS, ""), "localhost:7443 does not speak TLS; check the port", true),
    (TLSError(.applicationProtocol, ""), "localhost:7443 does not speak `signalbox/1`; check the port", true),
    (
      TLSError(.peerCertificate, "self-signed certificate"),
      "the certificate of localhost:7443 is not accepted: self-signed certificate; "
        + "name the authority that signed it as trust roots, and the name in it as server name", true
    ),
  ]

  @Test(arguments: transportErrors.indices) func whatHappensBelowSaysWhatToDo(_ index: Int) {
    let (error, message, isFatal) = Self.transportErrors[index]
    let ending = ConnectionEnding(error, "localhost:7443")
    #expect(ending.error == ClientError(code: .unavailable, message: message))
    #expect(ending.isFatal == isFatal)
  }
}
