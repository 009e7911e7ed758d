internal import CMalloc
internal import Glibc

/// What it takes to get from a text to a rule set ready to run.
struct CompileCost {
  let seconds: Double
  /// On the heap afterwards.
  let keptBytes: Int
  /// By how much the resident memory grew meanwhile.
  let peakBytes: Int

  static func measure<Made>(_ make: () throws -> Made) throws -> (Made, CompileCost) {
    // What was freed before must not hide what is used now, and the high-water mark begins anew.
    malloc_trim(0)
    if let file = fopen("/proc/self/clear_refs", "w") {
      fputs("5", file)
      fclose(file)
    }
    let (heap, resident) = (heapBytes(), try status("VmRSS:"))
    let begin = ContinuousClock.now
    let made = try make()
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    let cost = CompileCost(
      seconds: seconds, keptBytes: heapBytes() - heap, peakBytes: try status("VmHWM:") - resident)
    return (made, cost)
  }

  private static func heapBytes() -> Int {
    let info = mallinfo2()
    return Int(info.uordblks + info.hblkhd)
  }

  private static func status(_ name: String) throws(RuleBenchError) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { throw RuleBenchError("no /proc/self/status") }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix(name) else { continue }
      let words = text.split { $0 == " " || $0 == "\t" }
      if words.count > 1, let kibibytes = Int(words[1]) { return kibibytes * 1024 }
    }
    throw RuleBenchError("/proc/self/status has no \(name)")
  }
}
