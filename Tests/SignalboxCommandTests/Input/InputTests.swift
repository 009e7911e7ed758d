import Testing

@testable import signalbox

@Suite struct InputTests {
  @Test(
    arguments: [
      ("", "f", nil, "the file is empty"), ("a\tb\n1\n", "f", 2, "1 column instead of 2"),
      ("a\ta\n", "f", 1, "the header names a column twice"),
      ("b\n", "f", 1, "the header names no column `a` or `c`"), ("a\n\n\n1\t2\n", "f", 4, "2 columns instead of 1"),
    ] as [(String, String, Int?, String)])
  func brokenTable(_ text: String, _ file: String, _ line: Int?, _ message: String) {
    #expect(throws: InputFault(file: file, line: line, message: message)) {
      try TabSeparated(text, file: file, required: [["a", "c"]])
    }
  }

  @Test func tableByColumnName() throws {
    let table = try TabSeparated("b\tc\r\n1\t 2 \r\n\r\n3\t\n", file: "f", required: [["a", "c"]])
    #expect(table.rows.map(\.line) == [2, 4])
    #expect(table.rows.map { $0.text("a", "c") } == ["2", ""])
    #expect(table.rows.map { $0.text("absent") } == ["", ""])
  }

  @Test(arguments: [
    "[]", "1", "{", "{\"a\":1}{}", "text", "{\"a\"}", String(repeating: "[", count: 5000),
  ])
  func brokenLine(_ line: String) {
    #expect(throws: InputFault(file: "f", line: 2, message: "not a JSON object; write `{\"name\": …}` on one line")) {
      try JSONLines.read("{}\n\(line)\n", file: "f")
    }
  }

  @Test func values() throws {
    let object = try #require(
      try JSONLines.read(#"{"t":"x","n":null,"l":["a","b"],"m":["a",1],"i":1,"o":{},"p":"urgent"}"#, file: "f").first)
    #expect(try object.text("t") == "x")
    #expect(try object.text("n") == "")
    #expect(try object.list("l") == ["a", "b"])
    #expect(try object.list("n") == [])
    for key in ["l", "i", "o"] { #expect(throws: InputFault.self) { try object.text(key) } }
    for key in ["m", "t", "i", "o"] { #expect(throws: InputFault.self) { try object.list(key) } }
    #expect(throws: InputFault(file: "f", line: 1, message: "`absent` is missing")) { try object.required("absent") }
  }

  @Test func notUTF8() async throws {
    var surroundings = FakeConsole().surroundings(FakeServer([:]))
    surroundings.readInput = { _ in [0x61, 0xff] }
    #expect(throws: InputFault(file: "-", line: nil, message: "the text is not UTF-8")) {
      try InputFile.text("-", surroundings)
    }
    surroundings.readInput = { _ in [0xef, 0xbb, 0xbf, 0x61] }
    #expect(try InputFile.text("-", surroundings) == "a")
  }

  @Test(
    arguments: [("", []), ("00ff", [0, 255]), ("AbC0", [0xab, 0xc0]), ("0", nil), ("0g", nil), ("é", nil)]
      as [(String, [UInt8]?)])
  func hexadecimal(_ text: String, _ bytes: [UInt8]?) {
    #expect(HexText.bytes(text) == bytes)
    if let bytes { #expect(HexText.of(bytes) == text.lowercased()) }
  }
}
