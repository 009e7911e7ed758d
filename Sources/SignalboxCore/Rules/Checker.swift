/// What a rule file is checked against.
package struct RuleSetContext: Sendable {
  package var queues: QueueDirectory
  /// The tenant's categories; nil if values of `category` are not to be checked. So for the others.
  package var categories: [String]?
  /// Handles.
  package var people: Set<String>?
  /// Names.
  package var groups: Set<String>?
  /// Ticket types, and the custom fields of any of them.
  package var types: Set<String>?
  package var fields: Set<String>?

  package init(
    queues: QueueDirectory, categories: [String]? = nil, people: Set<String>? = nil, groups: Set<String>? = nil,
    types: Set<String>? = nil, fields: Set<String>? = nil
  ) {
    self.queues = queues
    self.categories = categories
    self.people = people
    self.groups = groups
    self.types = types
    self.fields = fields
  }
}

/// Two rules of one phase that could set the same thing, to different values.
struct RuleConflict: Sendable {
  let earlier: Rule
  let later: Rule
  /// Of the later one.
  let action: Action
  let phase: Phase.Kind
}

/// A rule set in which the checker found nothing wrong; only this can be compiled.
package struct CheckedRuleSet: Sendable {
  package let ruleSet: RuleSet
  /// Rules that want different values of the same thing. None, but for a set that was checked only to be looked into.
  let conflicts: [RuleConflict]

  fileprivate init(_ ruleSet: RuleSet, _ conflicts: [RuleConflict]) {
    self.ruleSet = ruleSet
    self.conflicts = conflicts
  }
}

/// Finds what is wrong with a tree before any ticket meets it. This file: names, order and limits;
/// `CheckerValues` has what conditions and actions ask of it.
struct Checker {
  let context: RuleSetContext
  /// Those of the context, folded.
  let categories: Set<[UInt8]>?
  let lists: NamedLists
  var checkedLists: Set<ListUse> = []
  private(set) var diagnostics: [Diagnostic] = []
  private var conflicts: [RuleConflict] = []
  /// Whether conflicts are only kept, and no errors.
  private let keepsConflicts: Bool

  /// What a list was checked for: values of a field, or (nil) words of any.
  struct ListUse: Hashable {
    let list: String
    let field: Field?
  }

  static func check(
    _ ruleSet: RuleSet, against context: RuleSetContext, keepingConflicts: Bool = false
  ) throws(Diagnostics) -> CheckedRuleSet {
    var checker = Checker(ruleSet, context, keepsConflicts: keepingConflicts)
    checker.check(ruleSet)
    guard checker.diagnostics.isEmpty else { throw Diagnostics(checker.diagnostics) }
    return CheckedRuleSet(ruleSet, checker.conflicts)
  }

  private init(_ ruleSet: RuleSet, _ context: RuleSetContext, keepsConflicts: Bool) {
    self.context = context
    self.keepsConflicts = keepsConflicts
    lists = NamedLists(ruleSet.lists)
    categories = context.categories.map { Set($0.map { FoldedText($0).bytes }) }
  }

  mutating func report(_ span: SourceSpan, _ message: String, suggestion: String? = nil) {
    // Phases are checked in file order, lists before them; the first errors are the ones to keep.
    guard diagnostics.count < RuleLimits.diagnostics else { return }
    diagnostics.append(Diagnostic(span, message, suggestion: suggestion))
  }

  private mutating func check(_ ruleSet: RuleSet) {
    checkName(ruleSet.name, "rule set")
    if !(1...Int(Int32.max)).contains(ruleSet.version) { report(ruleSet.versionSpan, "versions count from 1") }
    checkLists(ruleSet.lists)
    var kinds: [Phase.Kind: Int] = [:]
    var names: [String: Int] = [:]
    for phase in ruleSet.phases {
      if let line = kinds[phase.kind] {
        report(
          phase.kindSpan, "there is a `phase \(phase.kind.rawValue)` already, on line \(line); put its rules there")
      }
      kinds[phase.kind] = phase.kindSpan.line
      check(phase, &names)
    }
    if names.count > RuleLimits.rules {
      report(.start, "the file has \(names.count) rules; the limit is \(RuleLimits.rules)")
    }
    if kinds[.route] == nil {
      report(ruleSet.name.span, "there is no `phase route first`; add one with an `otherwise` at its end")
    }
    check(ruleSet.clauses)
    check(ruleSet.tests, rules: names)
  }

  private mutating func checkLists(_ declared: [ListDeclaration]) {
    var lines: [String: Int] = [:]
    for list in declared {
      checkName(list.name, "list")
      if let line = lines[list.name.value] {
        report(list.name.span, "list `\(list.name.value)` is declared already, on line \(line)")
      }
      lines[list.name.value] = list.name.span.line
      if list.elements.isEmpty {
        report(list.name.span, "list `\(list.name.value)` is empty; remove it or add a value")
      }
      for element in list.elements { checkLength(element.literal) }
    }
  }

  private mutating func check(_ phase: Phase, _ names: inout [String: Int]) {
    let kind = phase.kind.rawValue
    if phase.mode != phase.kind.mode {
      let why =
        switch phase.kind.mode {
        case .first: "the first match decides \(phase.kind == .route ? "where a ticket goes" : "who gets a ticket")"
        case .all: "every match contributes"
        case .timers: "its rules fire when time has passed"
        }
      report(phase.modeSpan, "\(why); write `phase \(kind) \(phase.kind.mode.rawValue)`")
    }
    let isFirst = phase.kind.mode == .first
    var conflicts = ConflictChecker(lists: lists)
    /// Why nothing after it is ever reached.
    var end: String?
    var otherwise = false
    var keywordsLine: Int?
    for element in phase.elements {
      if let end { report(element.span, "\(element.title) is never reached: \(end)") }
      switch element {
      case .rule(let rule):
        check(rule, in: phase.kind, &names)
        if phase.kind == .escalate { checkTiming(of: rule) }
        if !isFirst { conflicts.add(rule) }
        if isFirst, rule.condition == nil, end == nil {
          end = "rule `\(rule.name.value)` on line \(rule.name.span.line) has no `when`"
        }
      case .keywords(let keywords):
        if phase.kind != .route {
          report(keywords.span, "`keywords of queues` say where a ticket goes; put them into `phase route`")
        }
        if let keywordsLine { report(keywords.span, "`keywords of queues` stands already on line \(keywordsLine)") }
        keywordsLine = keywords.span.line
        if !(1...RuleLimits.keywordMargin).contains(keywords.margin) {
          report(keywords.span, "the margin is from 1 to \(RuleLimits.keywordMargin)")
        }
      case .otherwise(let element):
        if !isFirst {
          report(element.span, "every match contributes to `phase \(kind)`; put this into a rule without `when`")
          continue
        }
        check(element.actions, in: phase.kind, element.span)
        otherwise = true
        end = "`otherwise` on line \(element.span.line) takes every ticket"
      }
    }
    if isFirst, !otherwise {
      let action = phase.kind == .route ? "queue \"…\"" : "default assignee"
      report(phase.kindSpan, "`phase \(kind)` has no `otherwise`; add `otherwise { \(action) }` as its last element")
    }
    let rivals = conflicts.conflicts()
    if !conflicts.isComplete, !keepsConflicts {
      report(
        phase.kindSpan,
        "too many rules of `phase \(kind)` set the same things to be compared with each other; let each compare one field with a value of its own by `==`"
      )
    }
    for (earlier, later, action) in rivals {
      guard !keepsConflicts else {
        self.conflicts.append(RuleConflict(earlier: earlier, later: later, action: action, phase: phase.kind))
        continue
      }
      report(
        action.span,
        "rules `\(earlier.name.value)` on line \(earlier.name.span.line) and `\(later.name.value)` can both `\(action.title)`, to different values; compare the same field with different values in each, or join them"
      )
    }
  }

  private mutating func check(_ rule: Rule, in kind: Phase.Kind, _ names: inout [String: Int]) {
    let name = rule.name.value
    checkName(rule.name, "rule")
    if let line = names[name] { report(rule.name.span, "rule `\(name)` is defined already, on line \(line)") }
    names[name] = names[name] ?? rule.name.span.line
    if rule.byteCount > RuleLimits.ruleBytes {
      report(
        rule.name.span,
        "rule `\(name)` has \(rule.byteCount) bytes; the limit is \(RuleLimits.ruleBytes), so declare its words as a `list`"
      )
    }
    if let because = rule.because, because.value.utf8.count > RuleLimits.becauseBytes {
      report(because.span, "the reason has \(because.value.utf8.count) bytes; the limit is \(RuleLimits.becauseBytes)")
    }
    if let condition = rule.condition { check(condition, of: rule) }
    check(rule.actions, in: kind, rule.name.span)
  }

  private mutating func check(_ condition: Condition, of rule: Rule) {
    let count = condition.atomCount
    if count > RuleLimits.atomsPerRule {
      report(
        rule.name.span,
        "rule `\(rule.name.value)` has \(count) comparisons; the limit is \(RuleLimits.atomsPerRule), so split it or use `in`"
      )
    }
    if condition.nesting > RuleLimits.nesting {
      report(rule.name.span, "rule `\(rule.name.value)` is nested more than \(RuleLimits.nesting) deep; split it")
      return
    }
    check(condition)
  }

  private mutating func check(_ condition: Condition) {
    switch condition {
    case .and(let parts), .or(let parts): for part in parts { check(part) }
    case .not(let part): check(part)
    default: condition.atom?.check(&self)
    }
  }
}

extension Phase.Element {
  fileprivate var span: SourceSpan {
    switch self {
    case .rule(let rule): rule.name.span
    case .keywords(let keywords): keywords.span
    case .otherwise(let otherwise): otherwise.span
    }
  }

  fileprivate var title: String {
    switch self {
    case .rule(let rule): "rule `\(rule.name.value)`"
    case .keywords: "`keywords of queues`"
    case .otherwise: "`otherwise`"
    }
  }
}
