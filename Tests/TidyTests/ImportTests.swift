import Testing

/// What a target must not import, and what to do instead.
struct ImportRule {
  let target: String
  let forbidden: Set<String>
  let instead: String

  private static let ours: Set<String> = [
    "SignalboxCore", "SignalboxWire", "SignalboxProtocol", "SignalboxTLS", "SignalboxStore", "SignalboxServer",
    "SignalboxClient", "SignalboxTestKit",
  ]
  private static let sockets: Set<String> = ["NIOPosix", "NIOHTTP1"]
  private static let foundation: Set<String> = ["Foundation", "FoundationEssentials", "Glibc"]
  private static let c: Set<String> = ["COpenSSL", "GRDBSQLite", "Glibc"]

  static let all = [
    ImportRule(
      target: "SignalboxWire", forbidden: sockets.union(foundation).union(ours).union(["SwiftProtobuf"]),
      instead: "the machines take bytes and instants and give bytes and events; the drivers do the rest"),
    ImportRule(
      target: "SignalboxProtocol", forbidden: sockets.union(ours.subtracting(["SignalboxWire"])),
      instead: "keep wire types at the wire; convert in SignalboxServer/Conversion"),
    ImportRule(
      target: "SignalboxTLS", forbidden: sockets.union(ours),
      instead: "TLS is a wrapper that the inside cannot see; pass bytes through the channel"),
    ImportRule(
      target: "SignalboxStore",
      forbidden: sockets.union(["NIOCore", "COpenSSL"]).union(ours.subtracting(["SignalboxCore"])),
      instead: "give queries and plans to the store, take rows and events from it"),
    ImportRule(
      target: "SignalboxServer", forbidden: c.union(["GRDB", "SignalboxClient", "SignalboxTestKit"]),
      instead: "SQL belongs into SignalboxStore/Queries, OpenSSL into SignalboxTLS"),
    ImportRule(
      target: "SignalboxClient",
      forbidden: ["COpenSSL", "GRDB", "GRDBSQLite", "SignalboxCore", "SignalboxServer", "SignalboxStore"],
      instead: "the client knows the protocol only"),
    ImportRule(
      target: "signalbox", forbidden: c.union(sockets).union(["NIOCore", "SignalboxStore", "SignalboxServer"]),
      instead: "the command line is a client; use SignalboxClient"),
    ImportRule(
      target: "signalboxd", forbidden: c.union(sockets).union(["NIOCore"]).union(ours.subtracting(["SignalboxServer"])),
      instead: "composition belongs into SignalboxServer; the program reads settings and runs it"),
  ]
}

struct ImportTests {
  @Test func coreImportsNothing() throws {
    for file in try Repository.files(below: "Sources/SignalboxCore", endings: ["swift"]) {
      for (number, line) in file.lines.enumerated() where importedModule(line) != nil {
        Issue.record(
          "\(file.path):\(number + 1): SignalboxCore is pure and imports nothing; have the fact given instead of fetched"
        )
      }
    }
  }

  @Test(arguments: ImportRule.all.indices)
  func targetKeepsItsRule(_ index: Int) throws {
    let rule = ImportRule.all[index]
    let files = try Repository.files(below: "Sources/\(rule.target)", endings: ["swift"])
    #expect(!files.isEmpty, "the target \(rule.target) has no files; is the rule out of date?")
    for file in files {
      for (number, line) in file.lines.enumerated() {
        guard let module = importedModule(line), rule.forbidden.contains(module) else { continue }
        Issue.record("\(file.path):\(number + 1): \(rule.target) must not import \(module); \(rule.instead)")
      }
    }
  }

  @Test func onlyTheStoreSpeaksSQL() throws {
    let words = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "]
    for target in try Repository.targets() where target != "SignalboxStore" && target != "COpenSSL" {
      for file in try Repository.files(below: "Sources/\(target)", endings: ["swift"]) {
        for (number, line) in file.lines.enumerated() where words.contains(where: line.contains) {
          Issue.record("\(file.path):\(number + 1): SQL stands in SignalboxStore/Queries only; add a query there")
        }
      }
    }
  }

  private func importedModule(_ line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "import"), place <= 2, words.count > place + 1 else { return nil }
    guard
      words[..<place].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0) })
    else { return nil }
    // `import struct Module.Name`
    let name = words.count > place + 2 ? words[place + 2] : words[place + 1]
    return name.split(separator: ".").first.map(String.init)
  }
}
