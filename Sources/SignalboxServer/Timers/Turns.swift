import Logging

/// What a timer has to do at many places, a step at each in turn: nobody waits until somebody else's work is done, and
/// what fails at one place stops no other.
struct Turns<Place: Sendable>: Sendable {
  /// Places at which something failed that the log names.
  private static var failuresLogged: Int { 10 }

  /// What the log says where steps failed.
  let failure: Logger.Message
  let logger: Logger

  /// Ends when no place has more to do, or the task is cancelled.
  ///
  /// - Parameters:
  ///   - next: the place after the last one; nil at the end. What it throws ends all.
  ///   - step: what is left to do, nil if nothing is. A place where it throws has its turn at an end until the timer comes
  ///     again.
  func take(
    from next: (_ last: Place?) async throws -> Place?, _ step: (Place) async throws -> Place?
  ) async throws {
    var failures: [String] = []
    func rest(of place: Place) async -> Place? {
      do {
        return try await step(place)
      } catch {
        failures.append("\(place): \(error)")
        return nil
      }
    }

    var unfinished: [Place] = []
    var last: Place?
    while !Task.isCancelled, let place = try await next(last) {
      last = place
      if let rest = await rest(of: place) { unfinished.append(rest) }
    }
    while !Task.isCancelled, !unfinished.isEmpty {
      var rests: [Place] = []
      for place in unfinished where !Task.isCancelled {
        if let rest = await rest(of: place) { rests.append(rest) }
      }
      unfinished = rests
    }
    guard !failures.isEmpty, !Task.isCancelled else { return }
    logger.warning(
      failure,
      metadata: [
        "places": "\(failures.count)", "errors": "\(failures.prefix(Self.failuresLogged).joined(separator: "; "))",
      ])
  }
}
