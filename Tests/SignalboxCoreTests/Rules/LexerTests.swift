@testable import SignalboxCore
import Testing

@Suite struct LexerTests {
  static let rows: [(source: String, tokens: [String])] = [
    ("", ["1:1+0 end"]),
    ("rule own-desk {", ["1:1+4 word rule", "1:6+8 word own-desk", "1:15+1 symbol {", "1:16+0 end"]),
    ("a==b", ["1:1+1 word a", "1:2+2 symbol ==", "1:4+1 word b", "1:5+0 end"]),
    (
      "a = != ! <= >",
      [
        "1:1+1 word a", "1:3+1 symbol =", "1:5+2 symbol !=", "1:8+1 symbol !", "1:10+2 symbol <=", "1:13+1 symbol >",
        "1:14+0 end",
      ]
    ),
    (
      "12 4h 0m/",
      ["1:1+2 integer 12", "1:4+2 duration 4h", "1:7+2 duration 0m", "1:9+1 symbol /", "1:10+0 end"]
    ),
    (
      "4hours",
      ["1:1+6 invalid `4hours` is neither a number, a duration such as `30m` nor a name", "1:7+0 end"]
    ),
    ("\u{FEFF}a", ["1:1+1 word a", "1:2+0 end"]),
    ("a\r\n\tb", ["1:1+1 word a", "2:2+1 word b", "2:3+0 end"]),
    ("\"é日\" x", ["1:1+4 string é日", "1:6+1 word x", "1:7+0 end"]),
    (#""a\"b\\c\n\t\u{e9}""#, ["1:1+19 string a\"b\\c\n\té", "1:20+0 end"]),
    (
      #""a\qb" x"#,
      [
        #"1:1+6 invalid unknown escape `\q`; there are `\"`, `\\`, `\n`, `\t` and `\u{…}`"#, "1:8+1 word x",
        "1:9+0 end",
      ]
    ),
    (#""\u41""#, [#"1:1+6 invalid `\u` is followed by a number in braces, as in `\u{200B}`"#, "1:7+0 end"]),
    (
      #""\u{D800}""#,
      [#"1:1+10 invalid `\u{…}` takes the number of a character in hexadecimal, as in `\u{200B}`"#, "1:11+0 end"]
    ),
    (
      "\"abc\nx",
      ["1:1+4 invalid the string is not closed; put `\"` at its end, on the same line", "2:1+1 word x", "2:2+0 end"]
    ),
    ("\"abc\\", ["1:1+5 invalid the string is not closed; put `\"` at its end, on the same line", "1:6+0 end"]),
    (
      "\"a\u{202E}b\"",
      [#"1:1+5 invalid the string holds the invisible character U+202E; write it as `\u{202E}`"#, "1:6+0 end"]
    ),
    (
      "# a\u{200B}\nx",
      ["1:1+4 invalid the comment holds the invisible character U+200B; remove it", "2:1+1 word x", "2:2+0 end"]
    ),
    ("\u{00A0}", ["1:1+1 invalid unexpected character `\u{A0}`", "1:2+0 end"]),
    ("\u{0007}", ["1:1+1 invalid invisible character U+0007; remove it", "1:2+0 end"]),
    ("“a", ["1:1+1 invalid strings stand between straight double quotes, found `“`", "1:2+1 word a", "1:3+0 end"]),
    ("é", ["1:1+1 invalid unexpected character `é`", "1:2+0 end"]),
  ]

  @Test(arguments: rows)
  func cuts(_ row: (source: String, tokens: [String])) {
    var lexer = Lexer(row.source)
    var tokens: [String] = []
    repeat {
      let token = lexer.next()
      let text = token.kind == .end ? "" : " \(token.text)"
      tokens.append("\(token.span.line):\(token.span.column)+\(token.span.length) \(token.kind)\(text)")
    } while tokens.last.map { !$0.hasSuffix(" end") } ?? true && tokens.count < 100
    #expect(tokens == row.tokens)
  }

  @Test func collectsCommentsBesideTheTokens() {
    var lexer = Lexer("#one\n  #  two \r\na # three\n#\nb # 4")
    #expect(lexer.next().text == "a")
    #expect(lexer.takeComments() == ["one", "two"])
    #expect(lexer.takeComments() == [])
    #expect(lexer.next().text == "b")
    #expect(lexer.takeComments() == ["three", ""])
    #expect(lexer.next().kind == .end)
    #expect(lexer.takeComments() == ["4"])
  }
}
