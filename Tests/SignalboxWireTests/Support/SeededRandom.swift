/// SplitMix64: the same numbers from the same seed on every machine. Prints its seed, for a failure's report.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
    print("seed 0x\(String(seed, radix: 16))")
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// Small, large and in between alike.
  mutating func number() -> UInt32 { UInt32(truncatingIfNeeded: next() >> 32) >> UInt32(below(32)) }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

  mutating func text() -> String {
    let letters = ["", "a", "b", "é", "漢", "🚂", "\0", " "]
    return (0..<below(30)).map { _ in letters[below(letters.count)] }.joined()
  }
}
