/// The queues of a tenant by name, as rules need them: a name is active, retired or unknown. Names are
/// compared exactly, case included.
package struct QueueDirectory: Sendable {
  package enum State: Sendable {
    case active, retired
  }

  private var states: [String: State]
  private var redirects: [String: String] = [:]
  private var organizations: [String: String] = [:]

  package init(_ states: [String: State]) { self.states = states }

  /// A name in both counts as active.
  ///
  /// - Parameters:
  ///   - redirects: from retired queues to the active ones that get what was meant for them.
  ///   - organizations: from queues to the names of the organizations that have them.
  package init(
    active: [String], retired: [String] = [], redirects: [String: String] = [:], organizations: [String: String] = [:]
  ) {
    states = [:]
    self.redirects = redirects
    self.organizations = organizations
    for name in retired { states[name] = .retired }
    for name in active { states[name] = .active }
  }

  /// Nil for a name that no queue has or had.
  package subscript(name: String) -> State? { states[name] }

  /// The active queue that gets what was meant for a retired one; nil where none does.
  package func redirect(of name: String) -> String? {
    guard states[name] == .retired, let target = redirects[name], states[target] == .active else { return nil }
    return target
  }

  /// Nil if it has none, or none is known.
  package func organization(of name: String) -> String? { organizations[name] }

  /// Sorted, so that messages do not change from run to run.
  var activeNames: [String] { states.filter { $0.value == .active }.keys.sorted() }
}
