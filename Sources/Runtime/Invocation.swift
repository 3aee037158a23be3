internal import EventLoop
public import FunctionKit
internal import Manifest

/// One run of one function: its deadline, its session with the database and what it may reach.
///
/// Touched on the loop's thread only, like everything it holds.
public final class Invocation: InvocationHost {
  public let function: LoadedFunction
  public let session: any DatabaseSession
  public let requestID: String
  public let trace: Trace
  let isRehearsal: Bool
  let services: HostServices
  let bundle: LoadedBundle
  let hop: Hop
  /// Milliseconds of the loop's clock.
  let deadline: UInt64
  private let started: UInt64
  /// Nil when nobody collects what it does.
  let recording: Recording?
  private let headers: (@Sendable (String) -> String?)?
  let state: LoopLocal<State>

  struct State {
    var position = -1
    /// Of this host's invocations, from 1.
    var number: UInt64 = 0
    var isExpired = false
    /// The client has gone, and nobody needs what the function would have read.
    var isAbandoned = false
    /// The function has shown that what it touches belongs to the caller.
    var hasProvenOwner = false
    var task: Task<Void, Never>?
    var onExpire: (@Sendable () -> Void)?
    var onCrash: (@Sendable (FunctionCrashed) -> Void)?
    var turn: Turn?
    /// Since when it has had a place among those of its function that may run at once.
    var placeSince: UInt64?
    /// The transactions that the function has opened itself.
    var opened: [TransactionSession] = []
    /// The calls to other services that it waits for, by their labels.
    var calls: [String] = []
  }

  /// - Parameters:
  ///   - caller: where the trace of what set it off stands; nil begins a trace.
  ///   - limit: less time than the manifest gives it.
  ///   - hop: where it stands in a chain of calls.
  ///   - isRehearsal: what it does will be taken back, so it may call nobody.
  ///   - headers: looks up a header of the HTTP request.
  public init(
    _ function: LoadedFunction, of bundle: LoadedBundle, services: HostServices, session: any DatabaseSession,
    requestID: String, after caller: Trace? = nil, limit: Duration? = nil, hop: Hop = Hop(), isRehearsal: Bool = false,
    headers: (@Sendable (String) -> String?)? = nil
  ) {
    self.function = function
    self.bundle = bundle
    self.services = services
    self.requestID = requestID
    trace = services.newTrace(after: caller)
    recording = Recording(of: trace, after: caller, services)
    self.session = recording.map { TracedSession(session, of: bundle, $0) } ?? session
    self.hop = hop
    self.isRehearsal = isRehearsal
    self.headers = headers
    started = services.loop.now
    let timeout = hop.limit(function.manifest.timeout)
    deadline = started + min(timeout, limit ?? timeout).milliseconds
    state = LoopLocal(services.loop, State())
    (session as? TransactionSession)?.trace(as: self.trace)
  }

  var position: Int {
    get { state.value.position }
    set { state.value.position = newValue }
  }

  var number: UInt64 {
    get { state.value.number }
    set { state.value.number = newValue }
  }

  /// Whether the deadline has passed; what the function does after that no longer counts.
  public var isExpired: Bool { state.value.isExpired }

  /// Whole milliseconds that are left, at least 1.
  public var remaining: Duration {
    let now = services.loop.now
    return .milliseconds(Int64(deadline > now ? deadline - now : 1))
  }

  /// Milliseconds from start to deadline.
  var limit: UInt64 { deadline - started }

  public var elapsedMilliseconds: UInt64 { services.loop.now - started }

  /// Runs the work as a task of the loop that is cancelled at the deadline.
  /// - Parameters:
  ///   - onExpire: called at the deadline, before the work has noticed.
  ///   - onCrash: called when the work has trapped, which means that it never ends.
  public func start(
    onExpire: (@Sendable () -> Void)? = nil, onCrash: (@Sendable (FunctionCrashed) -> Void)? = nil,
    _ work: @escaping @Sendable () async -> Void
  ) {
    state.value.onExpire = onExpire
    state.value.onCrash = onCrash
    state.value.isExpired = services.inFlight.isClosed
    services.inFlight.add(self)
    services.loop.contain {
      self.state.value.task = Task.immediate(executorPreference: self.services.loop) { await self.run(work) }
    }
    if isExpired { state.value.task?.cancel() }
  }

  /// Does the work under the invocation's mark, then ends it.
  func run(_ work: @Sendable () async -> Void) async {
    let mark = CrashMark(invocation: number, function: function.crashName, request: requestID)
    await CrashMark.$current.withValue(mark) { await work() }
    finish()
  }

  func finish() {
    services.inFlight.remove(self)
    state.value.task = nil
    state.value.onExpire = nil
    state.value.onCrash = nil
  }

  /// Stops it as at its deadline.
  public func expire() {
    guard !state.value.isExpired else { return }
    state.value.isExpired = true
    if let turn = state.value.turn { return leaveLine(turn, Failure.timeout(of: self)) }
    state.value.task?.cancel()
    state.value.onExpire?()
  }

  /// Does what a deadline that has passed must not cut off, such as putting down that it has passed.
  public func unstoppably(_ work: @escaping @Sendable () async throws -> Void) async throws {
    try await Task(executorPreference: services.loop) { try await work() }.value
  }

  // MARK: InvocationHost

  public var now: Instant { services.clock.now }
  public func random() -> UInt64 { .random(in: .min ... .max) }
  public func header(_ name: String) -> String? { headers?(name) }
  public func noteOwnership() { state.value.hasProvenOwner = true }

  public func begin() async throws -> any DatabaseSession {
    guard function.usesOwnTransactions else {
      throw NotGranted(
        "\(function.name) already runs in a transaction; 'transaction: none' in its manifest would let it open its own")
    }
    if let call = state.value.calls.first { throw besideCall(call) }
    let session = TransactionSession(bundle: bundle, function: function, services: services, timeout: remaining)
    session.trace(as: trace)
    state.value.opened.removeAll(where: \.isOver)
    state.value.opened.append(session)
    return recording.map { TracedSession(session, of: bundle, $0) } ?? session
  }

  /// Whether a transaction of this invocation may hold locks now.
  var isInTransaction: Bool { session.isOpen || state.value.opened.contains { !$0.isOver } }

  public func secret(_ name: String) throws -> String {
    guard bundle.manifest.needs.secrets.contains(name) else {
      throw NotGranted("\(bundle.name) uses secret \(name), which its manifest does not list under needs.secrets")
    }
    guard let secret = services.environment.secrets[name] else {
      throw NotGranted("secret \(name) is not set; set the environment variable \(name)")
    }
    return secret
  }

  public func setting(_ name: String) throws -> String {
    guard let usual = bundle.manifest.needs.settings[name] else {
      throw NotGranted("\(bundle.name) uses setting \(name), which its manifest does not list under needs.settings")
    }
    return services.environment.settings[name] ?? usual
  }

  public func baseURL(of upstream: String) throws -> String {
    guard bundle.manifest.needs.outbound.contains(upstream) else {
      throw NotGranted(
        "\(bundle.name) uses upstream \(upstream), which its manifest does not list under needs.outbound")
    }
    guard let url = services.environment.upstreams[upstream] else {
      let variable = upstream.uppercased().replacing("-", with: "_")
      throw NotGranted("upstream \(upstream) has no address; set \(variable)_BASE_URL")
    }
    return url
  }

  public func offload(_ work: @escaping @Sendable () -> Void) async throws { try await services.loop.offload(work) }

  public func log(_ level: Log.Level, _ message: String) {
    services.log.message(level, message, of: self)
  }
}
