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
    scratch.values.load(facts, program, uses)
    index.collect(scratch.values, into: &scratch.candidates)
    return decide(queues, &scratch)
  }

  /// The first of the candidates that fits. Over the budget only `otherwise` is left.
  private func decide(_ queues: QueueDirectory, _ scratch: inout RuleScratch) -> DecisionRecord {
    var record = DecisionRecord(ruleSet: name, version: version, hash: hash)
    var cost = scratch.values.byteCount / RuleLimits.bytesPerAtom
    while let element = scratch.candidates.popFirst() {
      switch elements[element] {
      case .rule(let entry, let index):
        guard !record.isOverBudget else { continue }
        let holds = program.holds(from: entry, scratch.values, cost: &cost)
        record.isOverBudget = cost > RuleLimits.budget
        guard holds, !record.isOverBudget else { continue }
        let compiled = rules[Int(index)]
        guard let queue = record.destination(of: compiled.queue, line: compiled.rule.name.span.line, queues) else {
          continue
        }
        record.queue = queue
        record.element = .rule(name: compiled.rule.name.value, line: compiled.rule.name.span.line)
        record.because = compiled.rule.because?.value
        record.matches = matches(of: compiled, scratch.values)
        return record
      case .keywords:
        guard !record.isOverBudget, let (element, scoring) = keywords,
          decide(by: scoring, element, queues, &scratch, &record)
        else { continue }
        return record
      case .otherwise:
        guard let (name, line) = otherwise, let queue = record.destination(of: name, line: line, queues) else {
          continue
        }
        record.queue = queue
        record.element = .otherwise(line: line)
        return record
      }
    }
    return record
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
    let values = scratch.values
    record.matches = values.hits.hits.lazy
      .filter { scoring.points($0) > 0 && scoring.isKeyword($0.pattern, of: best.queue) }
      .prefix(RuleLimits.recordedItems)
      .map { self.match($0, values) }
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
  fileprivate mutating func destination(of queue: String, line: Int, _ queues: QueueDirectory) -> String? {
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

  fileprivate mutating func skip(_ queue: String, line: Int, _ state: Skipped.State) {
    guard skipped.count < RuleLimits.recordedItems else { return }
    skipped.append(Skipped(queue: queue, line: line, state: state))
  }
}
