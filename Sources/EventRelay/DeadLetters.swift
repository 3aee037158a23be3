public import FunctionKit
internal import Postgres
public import Runtime

/// What a bundle's functions have given up, for people to look at, redrive or purge.
public struct DeadLetters: Sendable {
  private let bundle: LoadedBundle
  private let clock: HostClock
  private let dispatcher: Dispatcher

  public init(of bundle: LoadedBundle, services: HostServices, dispatcher: Dispatcher) {
    self.bundle = bundle
    clock = services.clock
    self.dispatcher = dispatcher
  }

  /// Which of them; what is nil is not asked for.
  public struct Filter: Sendable, Decodable {
    public var function: String?
    public var id: ID?
    public var type: String?
    public var key: String?
    /// Given up at that time or later.
    public var since: Instant?
    /// Given up before that time.
    public var until: Instant?

    public init(
      function: String? = nil, id: ID? = nil, type: String? = nil, key: String? = nil, since: Instant? = nil,
      until: Instant? = nil
    ) {
      self.function = function
      self.id = id
      self.type = type
      self.key = key
      self.since = since
      self.until = until
    }

    var condition: SQL {
      """
      (\(function)::text is null or function = \(function)) and (\(id)::uuid is null or id = \(id))
        and (\(type)::text is null or type = \(type)) and (\(key)::text is null or key = \(key))
        and (\(since)::timestamptz is null or died_at >= \(since)) and (\(until)::timestamptz is null or died_at < \(until))
      """
    }
  }

  /// One event that one function has given up.
  public struct Letter: Sendable, Encodable {
    public let id: ID
    public let function: String
    public let type: String
    public let subject: String
    public let key: String
    public let time: Instant
    public let attempts: Int
    /// What was said at each of the last attempts, oldest first.
    public let errors: [String]
    /// The build of the bundle that gave it up.
    public let release: String
    public let diedAt: Instant
    /// Whether later events of the key wait for a decision.
    public let blocks: Bool
    /// The event's data, as text.
    public let data: String
  }

  private struct Stored: Decodable {
    let id: ID
    let function: String
    let type: String
    let subject: String
    let key: String
    let time: Instant
    let attempts: Int
    let errors: [String]
    let release: String
    let diedAt: Instant
    let blocks: Bool
    let data: Bytes

    var letter: Letter {
      Letter(
        id: id, function: function, type: type, subject: subject, key: key, time: time, attempts: attempts,
        errors: errors, release: release, diedAt: diedAt, blocks: blocks,
        data: String(decoding: data.bytes, as: UTF8.self))
    }
  }

  /// The latest first.
  public func list(_ filter: Filter, limit: Int = 100) async throws -> [Letter] {
    try await bundle.requirePool().read(
      """
      select id, function, type, subject, key, time, attempts, errors, release, died_at, blocks,
        data
      from lakoo.dead_letter where \(filter.condition) order by died_at desc, seq desc limit \(limit)
      """, timeout: .seconds(30)
    ).rows.map { try $0.decode(Stored.self).letter }
  }

  public func count(_ filter: Filter) async throws -> Int {
    try await bundle.requirePool().read(
      "select count(*)::int from lakoo.dead_letter where \(filter.condition)", timeout: .seconds(30)
    ).rows.first?.decode() ?? 0
  }

  /// Has them tried anew, each by the one function that gave it up; whoever has dealt with the event is left alone.
  /// - Returns: how many.
  public func redrive(_ filter: Filter) async throws -> Int {
    try await decide(
      """
      with dead as (delete from lakoo.dead_letter where \(filter.condition) returning *),
      kept as (
        insert into lakoo.inbox (id, function, seq, type, source, subject, key, time, trace, data, delivery_id, received_at)
        select id, function, seq, type, source, subject, key, time, trace, data, delivery_id, received_at from dead
        on conflict do nothing),
      pending as (
        insert into lakoo.pending (function, key, seq, id, due_at)
        select function, key, seq, id, \(clock.now)::timestamptz from dead)
      select function, key from dead
      """)
  }

  /// Forgets them for good.
  /// - Returns: how many.
  public func purge(_ filter: Filter) async throws -> Int {
    try await decide("delete from lakoo.dead_letter where \(filter.condition) returning function, key")
  }

  /// A decision also lets go what waited for it.
  private func decide(_ statement: SQL) async throws -> Int {
    let transaction = try await bundle.requirePool().begin(timeout: .seconds(60))
    do {
      let decided: [Decided] = try await transaction.run(statement).rows.map { try $0.decode() }
      _ = try await transaction.run(
        """
        update lakoo.pending set due_at = \(clock.now)
        from unnest(\(decided.map(\.function))::text[], \(decided.map(\.key))::text[]) as decided (function, key)
        where pending.function = decided.function and pending.key = decided.key and due_at > \(clock.now)
          and not exists (
            select from lakoo.dead_letter other
            where other.blocks and other.function = pending.function and other.key = pending.key)
        """)
      try await transaction.commit()
      dispatcher.poke(bundle.name)
      return decided.count
    } catch {
      await transaction.rollback()
      throw error
    }
  }

  private struct Decided: Decodable {
    let function: String
    let key: String
  }
}
