import SignalboxClient
import Synchronization

/// Shows the events of a watch and remembers how far it got.
final class EventLog: Sendable {
  private let format: OutputFormat
  private let style: TextStyle
  private let cursorFile: String?
  private let limit: Int?
  private let write: @Sendable (String) throws -> Void
  private let shown = Mutex(0)

  /// `limit` nil: without end.
  init(
    format: OutputFormat, style: TextStyle, cursorFile: String?, limit: Int?,
    write: @escaping @Sendable (String) throws -> Void
  ) {
    self.format = format
    self.style = style
    self.cursorFile = cursorFile
    self.limit = limit
    self.write = write
  }

  /// Shows an event and then keeps its cursor, in one step that an interruption cannot part. A progress mark only
  /// moves the cursor. False when that was the last one asked for.
  func receive(_ response: WatchTicketsResponse) throws -> Bool {
    if response.hasEvent {
      try write(try text(response))
    }
    if let cursorFile, !response.cursor.isEmpty { try CursorFile.write(response.cursor, to: cursorFile) }
    guard response.hasEvent else { return true }
    let count = shown.withLock { count in
      count += 1
      return count
    }
    return limit.map { count < $0 } ?? true
  }

  private func text(_ response: WatchTicketsResponse) throws -> String {
    switch format {
    case .table: EventFormat.line(response.event, style) + "\n"
    case .json: try MessageJSON.compact(response) + "\n"
    case .yaml: "---\n" + (try YAMLText.of(json: try MessageJSON.compact(response)))
    case .ids: "\(response.event.ticket)\n"
    }
  }
}
