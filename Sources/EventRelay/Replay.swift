public import FunctionKit
internal import Postgres
public import Runtime

/// Gives stored events to one function once more.
public struct Replay: Sendable {
  private let function: LoadedFunction
  private let bundle: LoadedBundle
  private let services: HostServices
  private let dispatcher: Dispatcher

  /// - Throws: ``Problem`` 404 for a bundle that has no such function, 422 for one that handles no events.
  public init(of name: String, in bundle: LoadedBundle, services: HostServices, dispatcher: Dispatcher) throws {
    guard let function = bundle.function(name) else {
      throw Problem(404, "not_found", "Bundle \(bundle.name) has no function \(name).")
    }
    switch function.invoke {
    case .event, .webhook: break
    case .endpoint, .cron: throw Problem(422, "no_events", "\(name) handles no events, so there is nothing to replay.")
    }
    self.function = function
    self.bundle = bundle
    self.services = services
    self.dispatcher = dispatcher
  }

  /// Events that came in within a time.
  public struct Range: Sendable {
    public var since: Instant
    public var until: Instant?

    public init(since: Instant, until: Instant? = nil) {
      self.since = since
      self.until = until
    }
  }

  /// Puts the events behind what the function still has to do, in their old order. What it has not dealt with yet, or has
  /// given up, is not doubled.
  /// - Returns: how many.
  public func run(_ range: Range) async throws -> Int {
    let count = try await bundle.requirePool().write(
      """
      insert into lakoo.pending (function, key, seq, id, due_at)
      select function, key, nextval('lakoo.inbox_order'), id, lakoo.due_at(function, key, \(services.clock.now))
      from (\(stored("function, key, id", range)) order by seq) event
      """, timeout: .seconds(300)
    ).affected
    dispatcher.poke(bundle.name)
    return count
  }

  /// Runs the function on the events in transactions that are rolled back, and tells what each would have done.
  /// - Throws: ``Problem`` 422 for a function that opens transactions itself, because it may call others; 503 for one that
  ///   is in quarantine.
  public func rehearse(_ range: Range, limit: Int) async throws -> [Rehearsal] {
    guard !function.usesOwnTransactions else {
      throw Problem(
        422, "not_rehearsable",
        "\(function.name) opens its transactions itself and may call others, which can't be taken back.")
    }
    guard !services.quarantine.holds(function) else { throw Quarantine.problem(of: function) }
    let events: [ClaimedItem] = try await bundle.requirePool().read(
      """
      select '' as place, seq, key, id, 0 as attempts, type, source, subject, time, trace, data, delivery_id
      from (\(stored("*", range)) order by seq limit \(limit)) event order by seq
      """, timeout: .seconds(60)
    ).rows.map { try $0.decode() }
    var rehearsals: [Rehearsal] = []
    for event in events { rehearsals.append(try await rehearse(event)) }
    return rehearsals
  }

  private func rehearse(_ event: ClaimedItem) async throws -> Rehearsal {
    let session = RehearsalSession(
      TransactionSession(bundle: bundle, function: function, services: services, timeout: .seconds(60)), services)
    let invocation = Invocation(
      function, of: bundle, services: services, session: session, requestID: event.id.description, after: event.caller,
      isRehearsal: true)
    let error = await attempt(event, invocation, function)
    await session.end()
    return Rehearsal(
      id: event.id, type: event.type, subject: event.subject, time: event.time, statements: session.statements,
      emits: session.emits, error: error.map { FailedAttempt.cause(of: $0) })
  }

  private func stored(_ columns: SQL, _ range: Range) -> SQL {
    """
    select \(columns) from lakoo.inbox event
    where function = \(function.name) and received_at >= \(range.since)
      and (\(range.until)::timestamptz is null or received_at < \(range.until))
      and not exists (select from lakoo.pending p where p.function = event.function and p.id = event.id)
      and not exists (select from lakoo.dead_letter d where d.function = event.function and d.id = event.id)
    """
  }
}

/// What one event would do.
public struct Rehearsal: Sendable, Codable {
  public let id: ID
  public let type: String
  public let subject: String
  public let time: Instant
  /// The statements that would change something, without their values.
  public let statements: [Statement]
  public let emits: [Emit]
  /// Why it would fail.
  public let error: String?

  public struct Statement: Sendable, Codable {
    public let sql: String
    /// The rows it would touch.
    public let rows: Int
  }

  public struct Emit: Sendable, Codable {
    public let type: String
    public let subject: String
    /// JSON text.
    public let data: String
  }
}
