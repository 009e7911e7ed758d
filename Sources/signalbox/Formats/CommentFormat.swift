import SignalboxClient

enum CommentFormat {
  /// Each under a line that says who wrote it and when. Texts are indented, so that none looks like such a line.
  static func many(_ comments: [TicketComment]) -> Shown {
    .many(comments, id: { "\($0.number)" }) { style in
      comments.map { comment in
        let kind = comment.internal ? "note" : "comment"
        let heading =
          "\(kind) \(comment.number)  \(Instant.text(milliseconds: comment.atMs))  \(SafeText.line(comment.author))"
        return style.bold(heading) + "\n" + indented(comment.body)
      }.joined(separator: "\n")
    }
  }

  static func written(_ response: TicketCommentResponse) -> Shown {
    .one(response, id: "\(response.comment.number)") { _ in "" }
  }

  private static func indented(_ text: String) -> String {
    SafeText.block(text).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
  }
}
