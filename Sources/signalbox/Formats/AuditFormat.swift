enum AuditFormat {
  static func report(_ report: AuditFile.Report) -> Shown {
    .value(report, ids: report.problems) { _ in
      guard !report.problems.isEmpty else {
        return "\(Count.of(report.rows, "row")), each as it was written; head \(report.head)\n"
      }
      return report.problems.map { SafeText.line($0) + "\n" }.joined()
    }
  }
}
