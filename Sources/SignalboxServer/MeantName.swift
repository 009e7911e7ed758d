import SignalboxCore

/// The name that was probably meant, for the program that reads settings and knows nothing of the domain.
package enum MeantName {
  /// Nil if none is near.
  package static func nearest(to name: String, in names: [String]) -> String? {
    Suggestion.nearest(to: name, in: names)
  }
}
