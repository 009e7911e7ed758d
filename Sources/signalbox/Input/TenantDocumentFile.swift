import Foundation
import SignalboxClient

/// A document that was read from a file, ready to be sent, and where everything in it stands.
struct TenantDocumentFile {
  /// What a message to the server may have.
  static let maximumBytes = 1 << 20
  /// Characters that are shown of a name that is no file's.
  private static let mostOfName = 120

  let path: String
  private(set) var document: TenantDocument
  private let source: String
  private let places: [String: FilePlace]
  /// The file with the rules and its text; nil where the document has none of its own.
  private var rules: (path: String, text: String)?

  /// Throws when anything is wrong with it, after all of that was shown.
  init(_ path: String, _ surroundings: Surroundings) throws {
    self.path = path
    source = try InputFile.text(path, surroundings, limit: Self.maximumBytes)
    var reader = TenantDocumentReader(source)
    document = reader.document
    places = reader.places
    if let name = reader.rulesPath {
      do {
        let file = try Self.rules(name, beside: path, surroundings)
        rules = file
        document.rules = file.text
      } catch {
        reader.faultInRules(error.message)
      }
    }
    guard reader.faults.isEmpty else {
      surroundings.writeError(Self.text(reader.faults, file: path, source: source))
      throw CommandFailure(.usage, "the document has errors, so nothing was sent", hint: "correct the lines above")
    }
  }

  /// The file that `rules` names, with its text, in which there is something.
  private static func rules(
    _ name: String, beside document: String, _ surroundings: Surroundings
  ) throws(CommandFailure) -> (path: String, text: String) {
    guard !name.contains(where: \.isNewline) else {
      throw CommandFailure(
        .usage, "`rules` takes the name of a file, in one line; rules themselves stand below it as `text: |`")
    }
    // A document may be somebody else's: it names its own files, not those of whoever applies it.
    let shown = name.count > mostOfName ? String(name.prefix(mostOfName)) + "…" : name
    guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
      throw CommandFailure(
        .usage, "`\(shown)` is not beside the document; put the rule file into its folder or one below it")
    }
    let folder = document == "-" ? "" : (document as NSString).deletingLastPathComponent
    let path = folder.isEmpty ? name : "\(folder)/\(name)"
    let text: String
    do {
      text = try InputFile.text(path, surroundings, limit: maximumBytes)
    } catch let fault as InputFault {
      throw fault.asFailure
    } catch {
      guard let failure = error as? CommandFailure, shown == name else {
        throw CommandFailure(.usage, "cannot read a file `\(shown)`; name the file with the rules")
      }
      throw failure
    }
    guard !text.isEmpty else {
      throw CommandFailure(
        .usage, "`\(path)` is empty; write the rules, or leave `rules` out so that they stay as they are")
    }
    return (path, text)
  }

  /// What the server found, each where it stands in the file it stands in.
  func text(of problems: [DocumentProblem]) -> String {
    var here: [FileFault] = []
    var inRules: [FileFault] = []
    for problem in problems {
      if problem.line > 0, rules != nil {
        let place = FilePlace(
          line: Int(problem.line), column: Int(problem.column), length: Int(max(problem.length, 1)))
        inRules.append(FileFault(place: place, message: problem.message))
      } else {
        let prefix = problem.line > 0 ? "line \(problem.line), column \(problem.column): " : ""
        here.append(FileFault(place: place(of: problem), message: prefix + problem.message))
      }
    }
    var text = ""
    if !here.isEmpty { text += Self.text(here, file: path, source: source) }
    if let rules, !inRules.isEmpty { text += Self.text(inRules, file: rules.path, source: rules.text) }
    return text
  }

  /// The value itself, else the field, else the nearest thing around it that is there.
  private func place(of problem: DocumentProblem) -> FilePlace {
    if !problem.value.isEmpty, let place = places["\(problem.field)=\(problem.value)"] { return place }
    var path = problem.field
    while !path.isEmpty {
      if let place = places[path] { return place }
      guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
      path = String(path[..<end])
    }
    return FilePlace()
  }

  private static func text(_ faults: [FileFault], file: String, source: String) -> String {
    let lines = TextLines.all(source)
    let diagnostics = faults.map { fault in
      var diagnostic = RuleDiagnostic()
      diagnostic.line = UInt32(clamping: fault.place.line)
      diagnostic.column = UInt32(clamping: fault.place.column)
      diagnostic.length = UInt32(clamping: fault.place.length)
      diagnostic.message = fault.message
      if lines.indices.contains(fault.place.line - 1) {
        diagnostic.sourceLine = String(lines[fault.place.line - 1].prefix(500))
      }
      return diagnostic
    }
    return RulesFormat.diagnostics(diagnostics, file: file, .plain)
  }
}
