import Foundation
import SignalboxClient
import SwiftProtobuf
import Testing
import Yams

@testable import signalbox

@Suite struct ShownTests {
  /// Text that means something to JSON, YAML, terminals or the eye.
  static let hostile = [
    "", "null", "~", "yes", "012", "1e3", "- a", "a: b", "#x", "\"q\" \\ 'p'", "\\u0041", "line\nline\n", "  lead",
    "trail ", "\t",
    "\u{1b}[2J", "\u{85}\u{9b}", "\u{2028}\u{202e}", "\u{feff}x", "\u{e0041}", "ü漢👩‍👩‍👧", "\u{7f}", "\u{301}a", "a\r\nb",
    "{}", "[1]", "%", "@", "!tag", "&a", "*a", "|", ">",
  ]

  @Test(arguments: hostile)
  func everyFormatKeepsOrEscapes(_ text: String) throws {
    var ticket = Ticket()
    ticket.number = 1
    ticket.subject = text
    ticket.tags = [text, "x"]
    let shown = TicketFormat.one(ticket)

    let json = try shown.rendered(.json, .plain)
    struct Read: Decodable { var subject: String?; var tags: [String] }
    let read = try JSONDecoder().decode(Read.self, from: Data(json.utf8))
    #expect(read.subject ?? "" == text)
    #expect(read.tags == [text, "x"])
    let yaml = try shown.rendered(.yaml, .plain)
    if text.hasPrefix("\u{feff}") {
      // The reader drops it, the text has it.
      #expect(yaml.contains(#"subject: "\uFEFFx""#))
    } else {
      let loaded = try #require(try Yams.load(yaml: yaml) as? [String: Any])
      #expect(loaded["subject"] as? String ?? "" == text)
      #expect(loaded["tags"] as? [String] == [text, "x"])
    }
    let output = json + yaml + (try shown.rendered(.table, .plain))
    #expect(!output.unicodeScalars.contains { SafeText.isUnsafe($0) && $0 != "\n" })
  }

  @Test func indentation() throws {
    let json = #"{"a":[],"b":{},"c":[{"d":"x{[,:\"}"},1],"e":{"f":{"g":[2]}}}"#
    #expect(
      MessageJSON.indented(json) == """
        {
          "a": [],
          "b": {},
          "c": [
            {
              "d": "x{[,:\\"}"
            },
            1
          ],
          "e": {
            "f": {
              "g": [
                2
              ]
            }
          }
        }
        """)
  }

  @Test func fieldNamesAndOrder() throws {
    var ticket = Ticket()
    ticket.unassignedReason = "r"
    ticket.number = 18_446_744_073_709_551_615
    #expect(try MessageJSON.compact(ticket) == #"{"number":"18446744073709551615","unassigned_reason":"r"}"#)
  }

  @Test func listsAreArrays() throws {
    let tickets = try [Ticket(jsonString: #"{"number":"1"}"#), Ticket(jsonString: #"{"number":"2"}"#)]
    #expect(try TicketFormat.many(tickets).rendered(.yaml, .plain) == "- number: '1'\n- number: '2'\n")
    #expect(try TicketFormat.many(tickets).rendered(.ids, .plain) == "1\n2\n")
    #expect(try TicketFormat.many([]).rendered(.yaml, .plain) == "[]\n")
  }
}
