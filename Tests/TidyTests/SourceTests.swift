import Testing

struct SourceTests {
  private static let folders = ["Sources", "Tests"]

  private func eachLine(
    _ endings: Set<String> = ["swift"], _ body: (_ file: Repository.File, _ number: Int, _ line: Substring) -> Void
  ) throws {
    for folder in Self.folders {
      for file in try Repository.files(below: folder, endings: endings) where !file.isGenerated {
        // This file names what it forbids.
        if file.path.hasSuffix("TidyTests/SourceTests.swift") { continue }
        for (number, line) in file.lines.enumerated() { body(file, number + 1, line) }
      }
    }
  }

  @Test func filesAreShort() throws {
    let limit = 400
    for folder in Self.folders {
      for file in try Repository.files(below: folder, endings: ["swift", "c", "h", "py"]) where !file.isGenerated {
        #expect(
          file.lines.count <= limit,
          "\(file.path) has \(file.lines.count) lines, at most \(limit) are allowed; split it by role")
      }
    }
  }

  @Test func nothingIsUnfinished() throws {
    let words = ["TODO", "FIXME", "XXX", "not implemented", "for now"]
    try eachLine(["swift", "c", "h", "py", "sh"]) { file, number, line in
      for word in words where line.contains(word) {
        Issue.record("\(file.path):\(number): `\(word)`; finish it, or leave it out")
      }
    }
  }

  @Test func namesSayThePurpose() throws {
    let banned = ["Utils", "Util.", "Helper", "Manager", "Misc", "V2"]
    for folder in Self.folders {
      for file in try Repository.files(below: folder, endings: ["swift"]) {
        for word in banned where file.path.contains(word) {
          Issue.record("\(file.path): `\(word)` says nothing; name the file after what it holds")
        }
      }
    }
  }

  @Test func nothingTrapsOnInput() throws {
    try eachLine { file, number, line in
      guard file.path.hasPrefix("Sources/") else { return }
      for word in ["try!", "as!", "fatalError("] where line.contains(word) {
        Issue.record("\(file.path):\(number): `\(word)` can stop the server; give a value or throw")
      }
    }
  }

  @Test func unsafeClaimsHaveAReason() throws {
    for folder in Self.folders {
      for file in try Repository.files(below: folder, endings: ["swift"]) where !file.isGenerated {
        for (number, line) in file.lines.enumerated()
        where line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") {
          let before = number > 0 ? file.lines[number - 1] : ""
          if !file.path.hasSuffix("TidyTests/SourceTests.swift") {
            #expect(before.contains("//"), "\(file.path):\(number + 1): the reason belongs on the line before")
          }
        }
      }
    }
  }

  @Test func testsNeitherSleepNorSkipSilently() throws {
    try eachLine { file, number, line in
      guard file.path.hasPrefix("Tests/"), !file.path.contains("Benchmarks/") else { return }
      if line.contains(".disabled()") || line.contains("XCTSkip()") {
        Issue.record("\(file.path):\(number): a skipped test prints its reason")
      }
      if line.contains("Thread.sleep") {
        Issue.record("\(file.path):\(number): do not sleep; wait for the thing itself, or move the clock by hand")
      }
    }
  }
}
