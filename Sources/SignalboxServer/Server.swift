import FoundationEssentials
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import SignalboxCore
package import SignalboxStore
import SignalboxTLS
import SignalboxWire

/// A Signalbox server, put together and ready to run. The program and the tests make it the same way.
package final class Server: Service {
  /// Where clients connect; the port is the real one.
  package let address: (host: String, port: Int)
  package let observabilityPort: Int?
  /// The certificate authority that clients are to trust, where the development certificate is used.
  package let developmentAuthorityPath: String?
  private let configuration: ServerConfiguration
  private let context: ServerContext
  private let group: MultiThreadedEventLoopGroup
  private let loops: LoopGroup
  private let tls: TLSContextSource
  private let channel: any Channel
  private let observability: ObservabilityServer?
  private let logger: Logger

  /// Opens the store, makes what a first start makes, and listens. Nothing is left behind when it throws.
  ///
  /// - Parameters:
  ///   - wrapping: Stands between the server and its database; for tests that decide when a read is answered.
  ///   - tellFirstToken: Is given the first admin's token as soon as it is stored, before anything else can fail: it is
  ///     told once and kept nowhere.
  /// - Throws: ``StartupError`` with what to do next.
  package static func start(
    _ configuration: ServerConfiguration, clock: ServerClock, logger: Logger,
    wrapping: (any Database) -> any Database = { $0 }, tellFirstToken: (String) throws -> Void
  ) async throws -> Server {
    let files = try StartFiles(configuration, logger: logger)
    let database = wrapping(try files.openDatabase())
    do {
      let installation = try await Bootstrap(database: database, clock: clock).run()
      if let token = installation.firstSecret { try tellFirstToken(token) }
      return try await Server(
        configuration, files: files, database: database, installation: installation, clock: clock, logger: logger)
    } catch {
      await database.close()
      throw error
    }
  }

  private init(
    _ configuration: ServerConfiguration, files: StartFiles, database: any Database,
    installation: Bootstrap.Installation, clock: ServerClock, logger: Logger
  ) async throws {
    let tls = try files.openTLS()
    let context = ServerContext(
      database: database, cursors: CursorCodec(key: installation.cursorKey), limits: configuration.limits,
      instance: SecureRandom.bytes(count: 8), clock: clock, logger: logger)
    context.tokens.load(installation.credentials, at: clock.now())
    for tenant in installation.tenants { context.tenants.add(tenant.name, tenant.id) }
    for (tenant, quotas) in installation.quotas { context.tenants.set(quotas, of: tenant, as: Revision(0)) }

    let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.eventLoops))
    do {
      let loops = try await LoopGroup(context, on: group)
      database.observeCommits { notice in loops.execute { $0.wake(notice.tenants) } }
      let listener = Listener(group: group, loops: loops, tls: tls, logger: logger)
      channel = try await listener.bind(host: configuration.host, port: configuration.port)
      if let port = configuration.observabilityPort {
        observability = try await ObservabilityServer.start(
          host: configuration.observabilityHost, port: port, group: group,
          page: MetricsPage(loops: loops, database: database, throttle: context.throttle))
      } else {
        observability = nil
      }
      self.loops = loops
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
    self.configuration = configuration
    self.context = context
    self.group = group
    self.tls = tls
    self.logger = logger
    address = (configuration.host, channel.localAddress?.port ?? configuration.port)
    observabilityPort = observability?.port
    developmentAuthorityPath = files.developmentAuthorityPath
  }

  /// Serves until the service group shuts down gracefully or the task is cancelled; then drains and closes everything.
  package func run() async throws {
    observability?.isReady = true
    // Scripts read this line: with port 0 it is where the ports are told.
    logger.info(
      "listening",
      metadata: [
        "host": "\(address.host)", "port": "\(address.port)",
        "observability": "\(observabilityPort.map(String.init) ?? "none")",
        "pid": "\(ProcessInfo.processInfo.processIdentifier)",
      ])
    let rounds =
      everyLoop(every: context.limits.progressMilliseconds) { $0.markProgress() }
      + everyLoop(every: context.limits.credentialCheckMilliseconds) { $0.checkCredentials() }
    let housekeeping = Housekeeping(context: context)
    let tasks = [
      Task { await housekeeping.run() }, Task { await housekeeping.writeLastUses() },
      Task { [context] in await Backlog(context: context).run() },
      Task { [context] in await Escalations(context: context).run() },
    ]
    await withGracefulShutdownHandler {
      await untilStopped()
    } onGracefulShutdown: {
    }
    observability?.isReady = false
    for task in tasks { task.cancel() }
    for task in rounds { task.cancel() }
    // In a task of its own: being cancelled must not cut the time of grace short.
    await Task { await self.drain() }.value
    try? await observability?.close()
    try? await housekeeping.writeLastUsesOnce()
    // The store first: its last answers still need the loops.
    await context.database.close()
    try? await group.shutdownGracefully()
    logger.info("stopped")
  }

  /// Reads certificates and keys again; open connections keep theirs. The old ones stay when the new ones are unusable.
  package func reload() {
    do {
      let fresh = try tls.reload()
      loops.execute { loop in for driver in loop.connections.values { driver.revalidate(fresh) } }
      logger.info("certificates reloaded")
    } catch {
      loops.executeOnOne { $0.statistics.failedReloads += 1 }
      logger.error("reload failed, the old certificates stay", metadata: ["error": "\(error)"])
    }
  }

  /// Does something on each loop, over and over, until it is cancelled.
  private func everyLoop(
    every milliseconds: Int64, _ body: @escaping @Sendable (LoopContext) -> Void
  ) -> [RepeatedTask] {
    loops.eventLoops.map { eventLoop in
      eventLoop.scheduleRepeatedTask(initialDelay: .milliseconds(milliseconds), delay: .milliseconds(milliseconds)) {
        [loops] _ in
        guard let loop = try? loops.context(of: eventLoop) else { return }
        body(loop)
      }
    }
  }

  private func untilStopped() async {
    try? await gracefulShutdown()
  }

  private func drain() async {
    try? await channel.close().get()
    logger.info("draining", metadata: ["seconds": "\(context.limits.drainSeconds)"])
    loops.execute { loop in
      loop.isDraining = true
      for driver in loop.connections.values { driver.drain() }
      loop.endTurn()
    }
    // Calls finish and clients leave; what is left after the time of grace is ended.
    for _ in 0..<(context.limits.drainSeconds * 20) {
      let open = (try? await loops.collect { $0.connections.count })?.reduce(0, +) ?? 0
      if open == 0 { return }
      try? await Task.sleep(for: .milliseconds(50))
    }
    loops.execute { loop in
      for driver in loop.connections.values { driver.finishDrain() }
      loop.endTurn()
    }
    _ = try? await loops.collect { $0.connections.count }
  }
}
