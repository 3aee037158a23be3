/// Everything a function may touch. Nothing else is reachable.
public struct Context: Sendable {
  /// Who called; empty for events, crons and webhooks.
  public let caller: Caller
  /// The `Idempotency-Key` of the request, when the manifest asks for one.
  public let idempotencyKey: String?
  /// The event that a handler runs for.
  public let event: EventEnvelope?
  /// The request's id, which also stands in the log line.
  public let requestID: String
  let host: any InvocationHost

  public init(
    host: any InvocationHost, requestID: String, caller: Caller = Caller(), idempotencyKey: String? = nil,
    event: EventEnvelope? = nil
  ) {
    self.host = host
    self.requestID = requestID
    self.caller = caller
    self.idempotencyKey = idempotencyKey
    self.event = event
  }

  /// The host's clock; tests move it.
  public var now: Instant { host.now }

  /// A new version 7 id.
  public func newID() -> ID { ID(at: host.now, random: (host.random(), host.random())) }

  /// 64 random bits, decided by the seed in tests.
  public func random() -> UInt64 { host.random() }

  /// The bundle's own database: inside the invocation's transaction where it has one, else for reading only.
  public var db: Database { Database(host.session) }

  /// Announces a fact, if and only if the invocation's transaction commits.
  /// - Throws: when the invocation has no transaction, or the manifest's `emits` does not list the type.
  public func emit(_ event: some Event) async throws { try await host.session.emit(EmittedEvent(event)) }

  /// Opens a transaction, for functions whose manifest says `transaction: none`: committed when the body returns,
  /// rolled back when it throws. Never keep one open across a call to somebody else.
  @discardableResult
  public func transaction<Result: Sendable>(
    _ body: (Transaction) async throws -> Result
  ) async throws -> Result {
    let session = try await host.begin()
    do {
      let result = try await body(Transaction(session))
      try await session.commit()
      return result
    } catch {
      await session.rollback()
      throw error
    }
  }

  /// The invocation's own transaction, to hand to code that also serves functions which open theirs.
  public var ownTransaction: Transaction { Transaction(host.session) }

  /// Where the invocation stands in its trace; calls to upstreams carry it on by themselves.
  public var trace: Trace { host.trace }

  /// A header of the request, for functions that speak another API's dialect; nil outside of endpoints. What came several
  /// times is joined by commas.
  public func header(_ name: String) -> String? { host.header(name) }

  /// The configured upstreams that the manifest's `needs.outbound` names.
  public var http: Upstreams { Upstreams(host: host) }

  /// The services that the manifest's `needs.services` names.
  public var services: Services { Services(host: host) }

  public var log: Log { Log(host: host) }

  /// A secret that the manifest's `needs.secrets` names.
  public func secret(_ name: String) throws -> String { try host.secret(name) }

  /// A setting that the manifest's `needs.settings` names: the environment's, else the one given there.
  public func setting(_ name: String) throws -> String { try host.setting(name) }

  /// The base URL that this host is reached under for a configured upstream or service.
  public func baseURL(of upstream: String) throws -> String { try host.baseURL(of: upstream) }

  /// Runs long computations on a thread pool and comes back.
  public func offload<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    let box = OffloadBox<Value>()
    try await host.offload { box.result = Result { try work() } }
    guard let result = box.result else { throw CancellationError() }
    return try result.get()
  }
}

/// Carries a result over the thread pool; written before it is read.
private final class OffloadBox<Value: Sendable>: @unchecked Sendable {
  var result: Result<Value, any Error>?
}
