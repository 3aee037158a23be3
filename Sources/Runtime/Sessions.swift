internal import EventLoop
public import FunctionKit
private import Postgres

/// Statements that only read, each by itself.
public struct ReadSession: DatabaseSession {
  let bundle: LoadedBundle
  let timeout: Duration
  public let isOpen = false

  public init(bundle: LoadedBundle, timeout: Duration) {
    self.bundle = bundle
    self.timeout = timeout
  }

  public func run(_ statement: SQL) async throws -> QueryResult {
    try await bundle.requirePool().read(statement, timeout: timeout)
  }

  public func emit(_ event: EmittedEvent) async throws {
    throw NotGranted("\(event.type) was emitted outside of a transaction; emit on the transaction that makes it true")
  }

  public func commit() async throws {}
  public func rollback() async {}
}

/// One transaction, begun by its first statement: an invocation that never touches the database costs none.
public final class TransactionSession: DatabaseSession {
  private let bundle: LoadedBundle
  private let function: LoadedFunction
  private let services: HostServices
  private let timeout: Duration
  private let state: LoopLocal<State>

  private struct State {
    var transaction: PostgresTransaction?
    var isBeginning = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var hasEmitted = false
    var trace: Trace?
    var isOver = false
    /// The function has crashed: what other tasks of it still want is refused.
    var isAbandoned = false
  }

  public init(bundle: LoadedBundle, function: LoadedFunction, services: HostServices, timeout: Duration) {
    self.bundle = bundle
    self.function = function
    self.services = services
    self.timeout = timeout
    state = .init(services.loop, State())
  }

  public func run(_ statement: SQL) async throws -> QueryResult {
    try await transaction().run(statement)
  }

  public func emit(_ event: EmittedEvent) async throws {
    guard function.emits.contains(event.type) else {
      throw NotGranted("\(function.name) emitted \(event.type), which its manifest does not list under emits")
    }
    try services.environment.check(event, of: function)
    let now = services.clock.now
    let id = ID(at: now, random: (.random(in: .min ... .max), .random(in: .min ... .max)))
    let statement = OutboxEvent.insert(event, id: id, time: now, trace: state.value.trace)
    try await transaction().enqueue(statement)
    state.value.hasEmitted = true
  }

  /// The part of a trace that what is emitted from now on belongs to.
  func trace(as trace: Trace) { state.value.trace = trace }

  /// Sends a statement without waiting; when it fails, the next one or the commit tells.
  public func enqueue(_ statement: SQL) async throws { try await transaction().enqueue(statement) }

  /// Begins a part that can be undone by itself.
  public func beginPart() async throws { try await transaction().beginPart() }

  public func keepPart() async throws { try await transaction().keepPart() }

  public func undoPart() async throws { try await transaction().undoPart() }

  public var isOpen: Bool { !isOver && (state.value.transaction != nil || state.value.isBeginning) }
  /// Whether it was committed or rolled back, be it without a statement.
  var isOver: Bool { state.value.isOver }

  public func commit() async throws {
    defer { state.value.isOver = true }
    guard let transaction = state.value.transaction else { return }
    try await transaction.commit()
    if state.value.hasEmitted { bundle.onEmit() }
  }

  public func rollback() async {
    defer { state.value.isOver = true }
    await state.value.transaction?.rollback()
  }

  /// Gives up the connection at once, and with it every lock, since the function that has crashed never ends it.
  func abandon() {
    state.value.isAbandoned = true
    state.value.isOver = true
    state.value.transaction?.abandon()
  }

  /// Statements of child tasks that come while a connection is being waited for wait too: there is one transaction only.
  private func transaction() async throws -> PostgresTransaction {
    while state.value.isBeginning { await withCheckedContinuation { state.value.waiting.append($0) } }
    if let transaction = state.value.transaction { return transaction }
    try checkUsable()
    state.value.isBeginning = true
    defer { begun() }
    let transaction = try await bundle.requirePool().begin(timeout: timeout)
    try checkUsable()
    state.value.transaction = transaction
    return transaction
  }

  private func checkUsable() throws {
    if state.value.isAbandoned { throw NotGranted("the transaction ended when \(function.name) crashed") }
  }

  private func begun() {
    let waiting = state.value.waiting
    state.value.isBeginning = false
    state.value.waiting = []
    for continuation in waiting { continuation.resume() }
  }
}
