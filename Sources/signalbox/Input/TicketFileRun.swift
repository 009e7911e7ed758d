import SignalboxClient

/// Opens the tickets of a file and tells of each where it went.
struct TicketFileRun: Sendable {
  let file: String
  let options: TicketFileOptions
  let write: WriteOptions
  let format: OutputFormat
  let session: Session

  /// How many of the tickets with an expectation went where it says.
  struct Share: Equatable {
    var met = 0
    var expected = 0

    var value: Double { expected == 0 ? 0 : Double(met) / Double(expected) }

    /// `61 of 80 (76.2 %) went where they should`.
    var sentence: String {
      let tenths = expected == 0 ? 0 : met * 1000 / expected
      return "\(met) of \(expected) (\(tenths / 10).\(tenths % 10) %) went where they should"
    }
  }

  func run() async throws {
    let text = try InputFile.text(file, session.surroundings)
    let drafts = try TicketDraft.read(text, file: file, expectField: options.expectField)
    if let field = options.expectField, !drafts.contains(where: { $0.expectedQueue != nil }) {
      throw InputFault(file: file, line: nil, message: "no line has the key `\(field)`")
    }
    if format == .table, write.dryRun { session.note("would create \(Count.of(drafts.count, "ticket"))") }

    var share = Share()
    var responses: [CreateTicketResponse] = []
    let bulk = Bulk(session: session, file: file)
    let outcome = try await bulk.run(
      drafts, line: \.line,
      call: { draft in try await session.calls.createTicket(draft.request, try write.options(session, line: draft.line))
      },
      show: { draft, result in
        let response = try? result.get()
        if let expected = draft.expectedQueue {
          share.expected += 1
          if response?.queue == expected { share.met += 1 }
        }
        guard let response else { return }
        if format == .table {
          try session.surroundings.writeOutput(line(draft, response) + "\n")
        } else {
          responses.append(response)
        }
      })

    if format != .table { try session.show(.many(responses, id: { "\($0.number)" }) { _ in "" }, format) }
    if options.expectField != nil { try tell(share) }
    try bulk.finish(outcome)
    if let minimum = options.minimumShare, share.value < minimum {
      throw CommandFailure(.answeredNo, "fewer tickets went where they should than --minimum-share asks for")
    }
  }

  /// Number, queue, assignee and why, with a mark in front where an expectation is known.
  private func line(_ draft: TicketDraft, _ response: CreateTicketResponse) -> String {
    let text = TicketFormat.created(response)
    guard options.expectField != nil else { return text }
    let style = session.surroundings.style
    guard let expected = draft.expectedQueue else { return "  \(text)" }
    if expected == response.queue { return "\(style.good("✓")) \(text)" }
    return "\(style.bad("✗")) \(text)  (expected \(SafeText.line(expected)))"
  }

  private func tell(_ share: Share) throws {
    if format == .table {
      try session.surroundings.writeOutput(share.sentence + "\n")
    } else {
      session.note(share.sentence)
    }
  }
}
