import SignalboxCore
import Testing

struct SharedMapTests {
  /// Whatever is done, in copies too, it holds what a dictionary holds.
  @Test func holdsWhatADictionaryHolds() {
    var state: UInt64 = 7
    func next(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    var map = SharedMap<Int, Int>()
    var model: [Int: Int] = [:]
    var versions: [(SharedMap<Int, Int>, [Int: Int])] = []
    for step in 0..<6_000 {
      let key = next(1_200)
      switch next(4) {
      case 0:
        #expect(map.removeValue(forKey: key) == model.removeValue(forKey: key))
      case 1:
        map[key, default: 0] += step
        model[key, default: 0] += step
      case 2:
        let value = next(2) == 0 ? nil : step
        map[key] = value
        model[key] = value
      default:
        map[key] = step
        model[key] = step
      }
      #expect(map.count == model.count && map[key] == model[key])
      if step % 500 == 0 { versions.append((map, model)) }
    }
    for (map, model) in versions + [(map, model)] {
      #expect(map.count == model.count && map.isEmpty == model.isEmpty)
      #expect(map.values.sorted() == model.values.sorted())
      for key in 0..<1_200 { #expect(map[key] == model[key]) }
    }
  }
}
