import Foundation
import Testing

struct ReadmeTests {
  /// What the readme shows of the client library is compiled by the client's tests.
  @Test func theExampleIsTheOneThatCompiles() throws {
    let readme = try text("README.md")
    let example = try text("Tests/SignalboxClientTests/ReadmeExample.swift")
    let block = try #require(readme.split(separator: "```swift\n").dropFirst().first?.split(separator: "```").first)
    let shown = block.split(separator: "\n").filter { $0 != "import SignalboxClient" }.map { $0.drop { $0 == " " } }
    let compiled = try #require(
      example.split(separator: "// begin\n").dropFirst().first?.split(separator: "// end").first
    )
    .split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    #expect(shown == compiled, "change README.md and ReadmeExample.swift together")
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
  }
}
