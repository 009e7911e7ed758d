import Foundation
import SignalboxClient
import Testing

@testable import signalbox

@Suite struct TenantDocumentTests {
  /// Everything that is wrong, with line and column, in the order of the file.
  @Test(arguments: [
    ("people: [{handle: ada, emial: x}]", ["1:24 unknown key `emial`; did you mean `email`?"]),
    (
      "qeues: []\npeple: []",
      ["1:1 unknown key `qeues`; did you mean `queues`?", "2:1 unknown key `peple`; did you mean `people`?"]
    ),
    ("people:\n  - handle: 42", ["2:13 `people[0].handle` takes a text, and `42` is something else in YAML; quote it"]),
    ("people:\n  - handle: no", ["2:13 `people[0].handle` takes a text, and `no` is something else in YAML; quote it"]),
    ("people:\n  - handle:", ["2:12 `people[0].handle` has no value; leave it out, or write `\"\"`"]),
    ("people:", ["1:8 `people` takes a list; write `[]` for an empty one"]),
    ("people:\n  - ada", ["2:5 `people[0]` takes keys and values, such as `handle: …`"]),
    ("- a", ["1:1 `the document` takes keys and values, such as `tenant: …`"]),
    ("organizations:\n  - name: Delta", ["2:5 `kind` is missing"]),
    (
      "organizations:\n  - name: Delta\n    kind: awarde",
      [
        "3:11 `organizations[0].kind` is `awarde`, and takes resource_provider, awardee, partner, internal; did you mean `awardee`?"
      ]
    ),
    ("tenant: a\ntenant: b", ["1:1 `tenant` is there twice"]),
    ("tenant: [", ["2:1 no YAML: did not find expected node content"]),
    ("tenant: a\n---\ntenant: b", ["2:1 no YAML: but found another document"]),
    ("", ["1:1 the file is empty; a tenant's settings, people, queues and so on belong into it"]),
    (
      "groups:\n  - &a {name: g}\n  - *a",
      [
        "2:5 anchors and aliases are not used here; write the value out",
        "2:5 anchors and aliases are not used here; write the value out",
      ]
    ),
    (
      "grants:\n  - role: viewer\n    person: ada\n    group: g\n    tenant: yes",
      [
        "2:5 a grant says whom it is granted to with one of `person`, `group`",
        "5:13 `grants[0].tenant` takes `true` or `false`",
      ]
    ),
    // A section that is there is complete, and there are no empty rules.
    ("rules: \"\"", ["1:8 `rules` is empty; name a file, or leave `rules` out so that the rules stay as they are"]),
    ("rules:", ["1:7 `rules` is empty; name a file, or leave `rules` out so that the rules stay as they are"]),
    (
      "rules: {text: \"\"}",
      ["1:15 `rules.text` is empty; write the rules, or leave `rules` out so that they stay as they are"]
    ),
    ("rules: 42", ["1:8 `rules` takes a text, and `42` is something else in YAML; quote it"]),
    ("rules: {file: x}", ["1:9 unknown key `file`; the keys are text", "1:8 `text` is missing"]),
  ])
  func faults(_ text: String, _ expected: [String]) {
    let faults = TenantDocumentReader(text).faults
    let found = faults.map { "\($0.place.line):\($0.place.column) \($0.message)" }
    #expect(found == expected)
  }

  @Test func faultsAreBounded() {
    let text = (0..<50).map { "wrong\($0): 1\n" }.joined()
    #expect(TenantDocumentReader(text).faults.count == YAMLReader.mostFaults)
  }

  @Test(arguments: ["\n", "\r\n"]) func aFaultIsShownWithItsLine(_ end: String) async {
    let run = await Program.run(["plan", "-f", "-"], input: "people:\(end)  - hanlde: ada\(end)")
    #expect(
      run.errors == """
        -:2:5: error: unknown key `hanlde`; did you mean `handle`?
        2 |   - hanlde: ada
                ^~~~~~
        -:2:5: error: `handle` is missing
        2 |   - hanlde: ada
                ^
        2 problems
        error: the document has errors, so nothing was sent
        hint: correct the lines above

        """)
    #expect(run.status == .usage && run.calls.isEmpty)
  }

  /// What is printed reads back the same, whatever stands in it.
  @Test func documentsRoundTrip() throws {
    var random = DocumentRandom(state: 0x5eed)
    for _ in 0..<200 {
      let document = random.document()
      let text = try TenantDocumentText.of(document)
      let reader = TenantDocumentReader(text)
      #expect(reader.faults.isEmpty, "\(reader.faults) in\n\(text)")
      #expect(reader.document == document, "\(text)")
    }
  }
}

/// Documents with texts that YAML might take for something else.
private struct DocumentRandom {
  var state: UInt64

  private mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  private mutating func text() -> String {
    let texts = [
      "ada", "no", "42", "1.5", "null", "~", "a: b", "- a", "# c", "it's", "\"quoted\"", " lead", "é漢🚂", "a\\b",
      "2026-01-01",
      "{x}", "[y]", "&a", "*a", "!t", "%d", "@m", "`t`", "true", "=", "<<", "a, b", "x:y", "\u{1b}[2J", "tab\there",
    ]
    return texts[below(texts.count)]
  }

  private mutating func texts() -> [String] {
    var texts: [String] = []
    for _ in 0..<below(4) { texts.append(text()) }
    return texts
  }

  mutating func document() -> TenantDocument {
    var document = TenantDocument()
    document.tenant = text()
    document.settings.awardeeQueuePattern = text()
    document.settings.categories = texts()
    var organization = DocumentOrganization()
    (organization.name, organization.kind, organization.displayName) = (text(), .partner, text())
    document.organizations.entries = [organization]
    var person = DocumentPerson()
    (person.handle, person.displayName, person.email) = (text(), text(), text())
    document.people.entries = Array(repeating: person, count: below(3))
    var group = DocumentGroup()
    (group.name, group.members) = (text(), texts())
    document.groups.entries = [group]
    var queue = DocumentQueue()
    (queue.name, queue.kind, queue.organization, queue.description_p) = (text(), .internal, text(), text())
    (queue.agents, queue.watchers, queue.keywords, queue.defaultAssignee) = (texts(), texts(), texts(), text())
    document.queues.entries = [queue]
    var grants = [DocumentGrant(), DocumentGrant()]
    (grants[0].role, grants[0].person, grants[0].tenant) = (.viewer, text(), true)
    (grants[1].role, grants[1].group, grants[1].queue) = (.queueManager, text(), text())
    document.grants.entries = grants
    var field = TicketTypeField()
    (field.name, field.type, field.required, field.options) = (text(), .choice, below(2) == 0, texts())
    var type = TicketType()
    (type.name, type.fields, type.endsIn) = (text(), [field], [.closed])
    document.ticketTypes.entries = [type]
    document.rules =
      ["", "ruleset \"a\" version 1\n\n  # a\tb\nend\n", "one line", "  lead\nline ", "x\n\n\n"][below(5)]
    return document
  }
}
