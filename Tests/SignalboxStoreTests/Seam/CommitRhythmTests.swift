@testable import SignalboxStore
import Testing

struct CommitRhythmTests {
  @Test func whoIsAloneNeverWaits() {
    var rhythm = CommitRhythm(longestWait: .microseconds(500))
    #expect(rhythm.expected == 1)
    rhythm.note(committed: 1, waiting: 0, took: .milliseconds(4))
    #expect(rhythm.expected == 1)
  }

  @Test func twoHalvesAreExpectedTogether() {
    var rhythm = CommitRhythm(longestWait: .microseconds(500))
    rhythm.note(committed: 32, waiting: 32, took: .milliseconds(4))
    #expect(rhythm.expected == 64)
    #expect(rhythm.patience == .microseconds(500))
  }

  @Test func aQuickCommitIsHardlyWaitedFor() {
    var rhythm = CommitRhythm(longestWait: .microseconds(500))
    rhythm.note(committed: 8, waiting: 8, took: .microseconds(80))
    #expect(rhythm.patience == .microseconds(10))
  }

  /// The wait ends when the number is there, and leaves no signal behind that would wake somebody later.
  @Test func gatheringEndsWithTheLastOne() async {
    let inbox = Inbox<Int>(capacity: 10)
    let items = await withTaskGroup(of: [Int].self) { group in
      group.addTask {
        inbox.waitForFirst()
        inbox.gather(3, for: .seconds(60))
        return inbox.take(atMost: 10) ?? []
      }
      for item in 1...3 { try? inbox.submit(item) }
      return await group.next() ?? []
    }
    #expect(items == [1, 2, 3])
    inbox.close()
    #expect(inbox.take(atMost: 10) == nil)
  }

  @Test func gatheringGivesUpAndClosingEndsIt() {
    let inbox = Inbox<Int>(capacity: 10)
    try? inbox.submit(1)
    inbox.gather(2, for: .microseconds(1))
    #expect(inbox.take(atMost: 10) == [1])
    inbox.gather(2, for: .seconds(60))
    inbox.close()
    inbox.waitForFirst()
    #expect(inbox.take(atMost: 10) == nil)
  }
}
