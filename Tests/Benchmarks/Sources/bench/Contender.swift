/// Somebody who is measured, once a round.
struct Contender {
  let name: String
  let run: () throws -> Sample
}

/// Lets the contenders take turns, so that what disturbs the machine for a while disturbs all of them; who begins
/// changes from round to round.
func takeTurns(_ contenders: [Contender], in measurement: String, unit: String, rounds: Int) throws -> [Row] {
  var rows = contenders.map { Row(measurement: measurement, contender: $0.name, unit: unit, rounds: []) }
  for round in 0..<rounds {
    for turn in contenders.indices {
      let index = (turn + round) % contenders.count
      let sample = try contenders[index].run()
      rows[index].rounds.append(sample)
      Text.progress(
        "\(measurement), round \(round + 1): \(contenders[index].name) \(Text.count(sample.rate)) \(unit)")
    }
  }
  return rows
}
