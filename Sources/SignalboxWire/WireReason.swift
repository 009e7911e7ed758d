/// The reasons of layer `wire` in `Protocol/errors.tsv`, as they stand in `Status.reason`.
package enum WireReason {
  package static let protocolViolation = "PROTOCOL_VIOLATION"
  package static let messageTooLarge = "MESSAGE_TOO_LARGE"
  package static let metadataTooLarge = "METADATA_TOO_LARGE"
  package static let invalidMetadata = "INVALID_METADATA"
  package static let malformedHeader = "MALFORMED_HEADER"
  package static let malformedMessage = "MALFORMED_MESSAGE"
  package static let unknownMethod = "UNKNOWN_METHOD"
  package static let deadlineExceeded = "DEADLINE_EXCEEDED"
  package static let cancelled = "CANCELLED"
  package static let draining = "DRAINING"
  package static let tooManyStreams = "TOO_MANY_STREAMS"
  package static let slowConsumer = "SLOW_CONSUMER"
  package static let secondMessage = "SECOND_MESSAGE"
}
