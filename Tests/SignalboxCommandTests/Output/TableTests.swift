import Testing

@testable import signalbox

@Suite struct TableTests {
  @Test func alignsWideCharacters() {
    var table = Table("A", "B")
    table.add("漢字", "x")
    table.add("a", "")
    #expect(table.rendered(.plain) == "A     B\n漢字  x\na     -\n")
  }

  @Test func cutsTheLastColumnOnATerminal() {
    var table = Table("NUMBER", "SUBJECT")
    table.add("1", "a rather long subject of a ticket")
    #expect(table.rendered(TextStyle(colour: false, columns: 20)) == "NUMBER  SUBJECT\n1       a rather lo…\n")
    #expect(table.rendered(TextStyle(colour: true, columns: nil)).hasPrefix("\u{1b}[1mNUMBER  SUBJECT\u{1b}[0m\n"))
  }

  @Test func leavesOutEmptyFacts() {
    var sheet = FactSheet()
    sheet.add("name", "x\n\u{1b}")
    sheet.add("nothing", "")
    sheet.add("list", ["a", "b"])
    #expect(sheet.rendered(.plain) == "name  x⏎\\u{1b}\nlist  a, b\n")
  }

  @Test(arguments: [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("漢字漢", 4, "漢…"), ("", 1, "")])
  func cut(_ text: String, _ width: Int, _ shown: String) {
    #expect(text.cut(to: width) == shown)
  }
}
