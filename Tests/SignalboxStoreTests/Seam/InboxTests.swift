import Synchronization
import Testing

@testable import SignalboxStore

@Suite("Inbox")
struct InboxTests {
  @Test("items come in order, in hands of at most the limit, shared among the consumers")
  func order() throws {
    let inbox = Inbox<Int>(capacity: 10)
    #expect(inbox.submit(contentsOf: Array(1...9)) == Admission(accepted: 9, refusal: nil))
    #expect(inbox.take(atMost: 4) == [1, 2, 3, 4])
    #expect(inbox.take(atMost: 4, consumers: 2) == [5, 6, 7])
    try inbox.submit(10)
    #expect(inbox.take(atMost: 100) == [8, 9, 10])
  }

  @Test("a refusal keeps what waits; closing ends the consumers after it")
  func closing() throws {
    let inbox = Inbox<Int>(capacity: 2)
    try inbox.submit(1)
    inbox.refuse(.needsRestart(reason: "test"))
    #expect(throws: StoreError.needsRestart(reason: "test")) { try inbox.submit(2) }
    #expect(inbox.waitingCount == 1)
    inbox.close()
    #expect(inbox.submit(contentsOf: [3]) == Admission(accepted: 0, refusal: .closed))
    #expect(inbox.take(atMost: 5) == [1])
    #expect(inbox.take(atMost: 5) == nil)
  }

  @Test("nothing is lost or doubled between several submitters and consumers")
  func contention() async throws {
    let inbox = Inbox<Int>(capacity: 50)
    let seen = Mutex<[Int]>([])
    let consumers = try (1...3).map { number in
      try WorkerThread.start(name: "consumer-\(number)") {
      } running: {
        while let items = inbox.take(atMost: 7, consumers: 3) { seen.withLock { $0 += items } }
      }
    }
    await withTaskGroup(of: Void.self) { group in
      for submitter in 0..<4 {
        group.addTask {
          var next = submitter * 1000
          let end = next + 1000
          while next < end {
            let hand = Array(next..<min(next + 3, end))
            next += inbox.submit(contentsOf: hand).accepted
            await Task.yield()
          }
        }
      }
    }
    inbox.close()
    for consumer in consumers { consumer.join() }
    #expect(seen.withLock { $0.sorted() } == Array(0..<4000))
  }
}
