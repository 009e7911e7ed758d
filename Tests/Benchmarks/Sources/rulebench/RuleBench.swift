internal import Foundation
internal import Glibc
internal import SignalboxCore

/// Routes tickets through a rule set on one core and prints one line of figures, `name=value` each:
///
///     rulebench DIRECTORY SIZE SECONDS
///     rulebench stored DIRECTORY SECONDS RULES … -- QUEUE:KEYWORD,KEYWORD …
///
/// The second form routes the tickets of the directory through each of the rule sets; what it counts is tickets.
///
/// The directory is one that `peers/rules/generate.py` wrote, or anybody else in that form. Fails if a single ticket goes
/// to another queue than expected, so a quick wrong answer is never a good figure.
@main
struct RuleBench {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("rulebench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    if arguments.first == "stored" { return try runStored(Array(arguments.dropFirst())) }
    guard arguments.count == 3, let size = Int(arguments[1]), let seconds = Double(arguments[2]) else {
      throw RuleBenchError("usage: rulebench DIRECTORY SIZE SECONDS")
    }
    let tickets = try RuleData.tickets(in: arguments[0], size: size)
    let source = try RuleData.source(in: arguments[0], size: size)
    let (compiled, cost) = try CompileCost.measure {
      try RuleSetSource.compile(source.text, for: RuleSetContext(queues: source.queues), keywords: [], hash: [])
    }
    guard compiled.unindexedRules.isEmpty else { throw RuleBenchError("some rules are not indexed") }
    var run = Run(compiled: compiled, queues: source.queues, tickets: tickets)
    try run.check()
    let latencies = run.latencies(seconds: seconds / 3)
    let rate = run.rate(seconds: seconds)
    print(
      "rate=\(rate) p50_us=\(latencies.p50) p99_us=\(latencies.p99) compile_s=\(cost.seconds)",
      "kept_bytes=\(cost.keptBytes) peak_bytes=\(cost.peakBytes) tickets=\(tickets.count)")
  }
}

extension RuleBench {
  private static func runStored(_ arguments: [String]) throws {
    guard arguments.count > 2, let seconds = Double(arguments[1]),
      let end = arguments.firstIndex(of: "--"), end > 2
    else { throw RuleBenchError("usage: rulebench stored DIRECTORY SECONDS RULES … -- QUEUE:KEYWORD,KEYWORD …") }
    let stored = try StoredTickets(
      in: arguments[0], rules: Array(arguments[2..<end]), queues: Array(arguments[(end + 1)...]))
    // Each set apart: the time that a ticket costs is the sum.
    var each = (time: 0.0, p50: 0.0, p99: 0.0)
    for rules in stored.rules {
      var run = Run(compiled: rules, queues: stored.queues, tickets: stored.tickets)
      let share = seconds / Double(stored.rules.count)
      let latencies = run.latencies(seconds: share / 3)
      each.time += 1 / run.rate(seconds: share)
      each.p50 += latencies.p50
      each.p99 += latencies.p99
    }
    print("rate=\(1 / each.time) p50_us=\(each.p50) p99_us=\(each.p99)")
  }
}

struct RuleBenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// One rule set and the tickets for it.
private struct Run {
  let compiled: CompiledRuleSet
  let queues: QueueDirectory
  let tickets: [RuleData.Ticket]
  var scratch = RuleScratch()

  mutating func check() throws(RuleBenchError) {
    for ticket in tickets {
      let queue = compiled.route(ticket.facts, queues: queues, using: &scratch).queue
      guard queue == ticket.expected else {
        throw RuleBenchError("ticket \(ticket.id) goes to \(queue ?? "nowhere"), not to \(ticket.expected)")
      }
    }
  }

  /// Tickets a second of processor time, whole passes over all of them.
  mutating func rate(seconds: Double) -> Double {
    let begin = Self.nanoseconds(CLOCK_THREAD_CPUTIME_ID)
    var passes = 0
    var elapsed: UInt64 = 0
    while Double(elapsed) < seconds * 1e9 {
      for index in tickets.indices {
        consume(compiled.route(tickets[index].facts, queues: queues, using: &scratch))
      }
      passes += 1
      elapsed = Self.nanoseconds(CLOCK_THREAD_CPUTIME_ID) - begin
    }
    return Double(passes * tickets.count) / Double(elapsed) * 1e9
  }

  /// In microseconds; reading the clock is in it.
  mutating func latencies(seconds: Double) -> (p50: Double, p99: Double) {
    var times: [UInt64] = []
    let end = Self.nanoseconds() + UInt64(seconds * 1e9)
    while times.isEmpty || Self.nanoseconds() < end {
      for ticket in tickets {
        let begin = Self.nanoseconds()
        consume(compiled.route(ticket.facts, queues: queues, using: &scratch))
        times.append(Self.nanoseconds() - begin)
      }
    }
    times.sort()
    return (Double(times[times.count / 2]) / 1e3, Double(times[times.count * 99 / 100]) / 1e3)
  }

  private static func nanoseconds(_ clock: clockid_t = CLOCK_MONOTONIC) -> UInt64 {
    var now = timespec()
    clock_gettime(clock, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
  }
}

/// Keeps the compiler from leaving out what made it.
@inline(never)
private func consume(_ record: DecisionRecord) {}
