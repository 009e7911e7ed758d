import NIOCore
import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxWire

/// One client's replay: a step of the job, an answer, the next step. Lives on its connection's loop; the steps give way
/// to all other reads.
///
/// Progress that the client has no room for is left out; the result waits until there is room.
final class Replay: OpenStream {
  let stream: StreamID
  let identity: Identity
  private let job: ReplayJob
  private let driver: ConnectionDriver
  private let loop: LoopContext
  /// The configuration by which its client may replay.
  private var checked: TenantConfiguration.Identity
  private var mayHaveRoom = true
  private var result: RuleReplay.Result?
  private var isOver = false

  init(
    _ job: ReplayJob, checked: TenantConfiguration.Identity, stream: StreamID, identity: Identity,
    driver: ConnectionDriver, loop: LoopContext
  ) {
    self.job = job
    self.checked = checked
    self.stream = stream
    self.identity = identity
    self.driver = driver
    self.loop = loop
  }

  func opened() {
    tell(0)
    step()
  }

  func hasRoom() {
    mayHaveRoom = true
    if let result { finish(result) }
  }

  func closed() { isOver = true }

  /// A replay begins anew.
  func cursor(discardingQueued: Bool) -> String { "" }

  private func step() {
    guard !isOver else { return }
    let job = job
    let back = NIOLoopBound(self, eventLoop: loop.eventLoop)
    loop.submit(
      unhurried: Read(sink: loop.sink) { snapshot in
        try job.step(in: snapshot)
      } completion: { result in
        back.value.stepped(result)
      })
  }

  private func stepped(_ result: Result<ReplayJob.Progress, any Error>) {
    // Its client left while the step was taken.
    guard !isOver, mayGoOn() else { return }
    switch result {
    case .success(let progress):
      if let result = progress.result { return finish(result) }
      tell(progress.lookedAt)
      step()
    case .failure(let error):
      driver.end(self, Status.describing(error).status)
    }
  }

  private func tell(_ lookedAt: Int) {
    // Of nothing there is no progress, and a message without bytes is none.
    guard mayHaveRoom, job.total > 0 else { return }
    var response = ProtoReplayRulesResponse()
    response.lookedAt = UInt64(clamping: lookedAt)
    response.total = UInt64(clamping: job.total)
    send(response)
  }

  private func finish(_ result: RuleReplay.Result) {
    self.result = result
    guard mayHaveRoom else { return }
    var response = ProtoReplayRulesResponse()
    response.lookedAt = UInt64(clamping: result.lookedAt)
    response.total = UInt64(clamping: job.total)
    response.result = ProtoReplayResult(result)
    if send(response) { driver.end(self, .ok) }
  }

  /// False if the message was not accepted.
  @discardableResult
  private func send(_ response: ProtoReplayRulesResponse) -> Bool {
    guard !isOver else { return false }
    switch driver.send(response, on: stream) {
    case .sent:
      return true
    case .queued:
      mayHaveRoom = false
      return true
    case .full:
      mayHaveRoom = false
      return false
    case .tooLarge:
      driver.end(
        self, Refusal(.messageTooLarge, "the result is larger than the client takes; raise its max_message").status)
      return false
    case .gone:
      isOver = true
      return false
    }
  }

  /// Ends it when its client lost the right. Looked at when the configuration is another than last time.
  private func mayGoOn() -> Bool {
    guard let configuration = loop.server.configurations.latest(of: identity.principal.tenant),
      configuration.identity !== checked
    else { return true }
    do {
      try EffectiveAccess(of: identity.principal, in: configuration).requireRuleEditing("replaying rules")
      checked = configuration.identity
      return true
    } catch {
      driver.end(self, Status.describing(error).status)
      return false
    }
  }
}
