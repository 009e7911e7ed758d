import Glibc
import SignalboxTLS
import Testing

@Suite struct IdleMemoryTests {
  /// 16 kB is what libssl 3.0 takes with released buffers, 50 kB without. A process of its own, so that
  /// other tests do not count.
  @Test func idleConnectionOwnsNoBuffers() async {
    await #expect(processExitsWith: .success) {
      let certificates = try Certificates()
      let server = try certificates.serverContext()
      let client = try certificates.clientContext()
      let scratch = TLSScratch()
      func connect(_ count: Int) throws -> [Endpoint] {
        try (0..<count).map { _ in
          let pair = try Pair(client: client, server: server, scratch: scratch)
          pair.settle()
          pair.client.send([UInt8](repeating: 1, count: 1000))
          pair.server.send([UInt8](repeating: 1, count: 1000))
          pair.settle()
          return pair.server
        }
      }
      let warm = try connect(50)
      let before = try Self.residentBytes()
      let connections = try connect(500)
      let each = (try Self.residentBytes() - before) / connections.count
      print("an idle connection takes \(each) bytes")
      #expect((4_000..<24_000).contains(each))
      withExtendedLifetime((warm, connections, certificates)) {}
    }
  }

  private static func residentBytes() throws -> Int {
    let file = try #require(fopen("/proc/self/statm", "r"))
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 256)
    let count = fread(&text, 1, 255, file)
    let fields = String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
    let pages = try #require(fields.count > 1 ? Int(fields[1]) : nil)
    return pages * Int(getpagesize())
  }
}
