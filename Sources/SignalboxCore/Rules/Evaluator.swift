extension CompiledRuleSet {
  /// Decides the route of a ticket: the first element in file order that fits and whose queue is active or leads to one
  /// that is.
  /// Pure: the same facts, queues and rule set give the same record, byte for byte.
  package func route(_ facts: RoutingFacts, queues: QueueDirectory) -> DecisionRecord {
    var scratch = RuleScratch()
    return route(facts, queues: queues, using: &scratch)
  }

  /// The same, in memory that is used again.
  package func route(
    _ facts: RoutingFacts, queues: QueueDirectory, using scratch: inout RuleScratch
  ) -> DecisionRecord {
    guard phases.classify.isEmpty else {
      return evaluate(facts, run: [.classify, .route], queues: queues, using: &scratch).record
    }
    scratch.values.load(facts, program, uses)
    var record = DecisionRecord(ruleSet: name, version: version, hash: hash)
    var meter = RuleMeter()
    meter.charge(scratch.values.byteCount / RuleLimits.bytesPerAtom)
    decideRoute(&scratch, queues, hasPlace: false, &meter, &record)
    if meter.isOver { fallBack(queues, &record) }
    return record
  }

  /// Leaves the record as it is if nothing decides. A ticket that has a place is moved by rules only, not by
  /// `keywords of queues` nor `otherwise`. Of no use once the meter is over.
  ///
  /// - Parameter scratch: loaded with the ticket.
  /// - Returns: the rule that decided.
  @discardableResult
  func decideRoute(
    _ scratch: inout RuleScratch, _ queues: QueueDirectory, hasPlace: Bool, _ meter: inout RuleMeter,
    _ record: inout DecisionRecord
  ) -> CompiledRule? {
    indexes.route.collect(scratch.values, into: &scratch.candidates)
    while let element = scratch.candidates.popFirst() {
      switch elements[element] {
      case .rule(let entry, let index):
        guard program.holds(from: entry, scratch.values, &meter) else { continue }
        let compiled = rules[Int(index)]
        let spent = scratch.values.facts.spent
        if !spent.isEmpty, spent.contains(compiled.rule.name.value) { continue }
        guard let queue = record.destination(of: compiled.queue, line: compiled.rule.name.span.line, queues) else {
          continue
        }
        record.queue = queue
        record.element = .rule(name: compiled.rule.name.value, line: compiled.rule.name.span.line)
        record.because = compiled.rule.because?.value
        record.matches = matches(of: compiled, scratch.values)
        return compiled
      case .keywords:
        guard !hasPlace, !meter.isOver, let (element, scoring) = keywords,
          decide(by: scoring, element, queues, &scratch, &record)
        else { continue }
        return nil
      case .otherwise:
        if !hasPlace, takeOtherwise(queues, &record) { return nil }
      }
    }
    return nil
  }

  /// Over the budget: nothing counts but `otherwise`.
  func fallBack(_ queues: QueueDirectory, _ record: inout DecisionRecord) {
    record = DecisionRecord(ruleSet: name, version: version, hash: hash)
    record.isOverBudget = true
    _ = takeOtherwise(queues, &record)
  }

  private func takeOtherwise(_ queues: QueueDirectory, _ record: inout DecisionRecord) -> Bool {
    guard let (name, line) = otherwise, let queue = record.destination(of: name, line: line, queues) else {
      return false
    }
    record.queue = queue
    record.element = .otherwise(line: line)
    return true
  }

  /// False if no queue is far enough ahead.
  private func decide(
    by scoring: KeywordScoring, _ element: KeywordsElement, _ queues: QueueDirectory, _ scratch: inout RuleScratch,
    _ record: inout DecisionRecord
  ) -> Bool {
    let line = element.span.line
    let result = scoring.rank(scratch.values.hits, queues, &scratch.scores)
    if let barred = result.barred {
      let name = scoring.queues[barred.queue]
      record.skip(name, line: line, queues[name] == nil ? .unknown : .retired)
    }
    guard let best = result.best else { return false }
    func score(_ standing: KeywordScoring.Standing) -> DecisionRecord.Score {
      DecisionRecord.Score(queue: scoring.queues[standing.queue], score: standing.score)
    }
    record.scores = DecisionRecord.Scores(
      best: score(best), runnerUp: result.runnerUp.map(score), margin: element.margin)
    guard best.score - (result.runnerUp?.score ?? 0) >= element.margin else { return false }
    record.queue = scoring.queues[best.queue]
    record.element = .keywords(line: line)
    for hit in scratch.values.hits.hits where record.matches.count < RuleLimits.recordedItems {
      let points = scoring.points(hit)
      guard points > 0, scoring.isKeyword(hit.pattern, of: best.queue) else { continue }
      var match = match(hit, scratch.values)
      match.points = points
      record.matches.append(match)
    }
    return true
  }

  /// The hit as a record keeps it.
  func match(_ hit: WordHits.Hit, _ values: FactValues) -> DecisionRecord.Match {
    DecisionRecord.Match(
      pattern: program.words.spellings[Int(hit.pattern)], field: hit.field, word: Int(hit.word),
      offset: Int(values.text(of: hit.field).words[Int(hit.word)].original))
  }
}

extension DecisionRecord {
  /// The queue that takes what is meant for the one named: itself, or the one it leads to. Notes one that is not active.
  mutating func destination(of queue: String, line: Int, _ queues: QueueDirectory) -> String? {
    switch queues[queue] {
    case .active:
      return queue
    case .retired:
      let target = queues.redirect(of: queue)
      skip(queue, line: line, target == nil ? .retired : .redirected)
      return target
    case nil:
      skip(queue, line: line, .unknown)
      return nil
    }
  }

  mutating func skip(_ queue: String, line: Int, _ state: Skipped.State) {
    guard skipped.count < RuleLimits.recordedItems else { return }
    skipped.append(Skipped(queue: queue, line: line, state: state))
  }
}
