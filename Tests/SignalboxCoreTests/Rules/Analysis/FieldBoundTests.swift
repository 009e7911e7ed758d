import Testing

extension RuleAnalysisTests {
  /// Bounds of custom fields may be larger than any number of the machine.
  @Test(arguments: ["-9223372036854775808", "9223372036854775807", "-9223372036854775809", "999999999", "-0.5"])
  func boundsOfAnySizeAreLookedInto(_ bound: String) throws {
    for comparison in ["<", "<=", ">", ">="] {
      _ = try Self.findings(
        """
        ruleset "r" version 1
        phase route first {
          rule far { when field "x" \(comparison) "\(bound)" then queue "Delta" }
          otherwise { queue "ACCESS-Triage" }
        }
        """)
    }
  }
}
