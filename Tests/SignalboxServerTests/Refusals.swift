import SignalboxClient
import SignalboxProtocol
import Testing

/// What a call was refused with; records an issue when it was not.
func refusal(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async throws -> ClientError? {
  do {
    try await body()
    Issue.record("the call was not refused", sourceLocation: sourceLocation)
    return nil
  } catch let error as ClientError {
    return error
  }
}

func expectRefused(
  _ reason: ErrorReason, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async throws {
  let error = try await refusal(sourceLocation: sourceLocation, body)
  #expect(error?.reason == reason, sourceLocation: sourceLocation)
}
