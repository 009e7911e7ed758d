/// What the server says of itself in HELLO, Describe and metrics.
package enum ServerVersion {
  package static let text = "0.1.0"
}
