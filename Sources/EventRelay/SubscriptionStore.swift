internal import FunctionKit
internal import Manifest
internal import Postgres
internal import Runtime

/// Where a bundle's database keeps how far it has read another's outbox.
struct SubscriptionStore: Sendable {
  let source: String
  let bundle: LoadedBundle
  let clock: HostClock
  /// Clocks of hosts differ a little, and an event that was emitted just as its listener came must not be lost by that.
  private static let margin = Duration.seconds(10)

  /// The places of these functions. One that is new begins as its manifest says.
  func load(_ functions: [(LoadedFunction, types: [String])], epoch: Int) async throws -> [Subscription] {
    var rows = try await select()
    let unknown = functions.filter { rows[$0.0.name] == nil }
    if !unknown.isEmpty {
      try await insert(unknown.map { $0.0 }, epoch)
      rows = try await select()
    }
    return subscriptions(functions, rows)
  }

  /// Those of the places that there are already.
  func known(_ functions: [(LoadedFunction, types: [String])]) async throws -> [Subscription] {
    subscriptions(functions, try await select())
  }

  private func subscriptions(
    _ functions: [(LoadedFunction, types: [String])], _ rows: [String: Stored]
  ) -> [Subscription] {
    functions.compactMap { function, types in
      rows[function.name].map {
        Subscription(function: function, types: types, since: $0.since, cursor: $0.cursor, saved: $0.cursor)
      }
    }
  }

  /// Moves them all on, in the transaction that stores what was read.
  /// - Returns: false when another host has moved them meanwhile.
  func move(_ group: [Subscription], to new: RelayCursor, _ transaction: PostgresTransaction) async throws -> Bool {
    let old = group.map(\.saved)
    let moved = try await transaction.run(
      """
      update lakoo.subscription as place
      set low = \(new.low)::pg_snapshot, high = \(new.high)::pg_snapshot, seq = \(new.seq), epoch = \(new.epoch)
      from unnest(\(group.map(\.function.name))::text[], \(old.map(\.low))::text[], \(old.map(\.high))::text[],
        \(old.map(\.seq))::bigint[], \(old.map(\.epoch))::int[]) as old (function, low, high, seq, epoch)
      where place.source = \(source) and place.function = old.function and place.epoch = old.epoch
        and place.low::text = old.low and place.high::text = old.high and place.seq = old.seq
      """)
    return moved.affected == group.count
  }

  private struct Stored: Decodable {
    let function: String
    let since: Instant?
    let cursor: RelayCursor

    enum Keys: String, CodingKey { case function, since }

    init(from decoder: any Decoder) throws {
      let columns = try decoder.container(keyedBy: Keys.self)
      function = try columns.decode(String.self, forKey: .function)
      since = try columns.decodeIfPresent(Instant.self, forKey: .since)
      cursor = try RelayCursor(from: decoder)
    }
  }

  private func select() async throws -> [String: Stored] {
    let rows: [Stored] = try await bundle.requirePool().read(
      """
      select function, nullif(since, '-infinity') as since, low::text, high::text, seq, epoch
      from lakoo.subscription where source = \(source)
      """, timeout: .seconds(10)
    ).rows.map { try $0.decode() }
    return Dictionary(rows.map { ($0.function, $0) }) { first, _ in first }
  }

  private func insert(_ functions: [LoadedFunction], _ epoch: Int) async throws {
    let now = clock.now - SubscriptionStore.margin
    let since = functions.map { $0.begins == .earliest ? "-infinity" : now.sqlText ?? "-infinity" }
    let start = RelayCursor.start(epoch: epoch)
    _ = try await bundle.requirePool().write(
      """
      insert into lakoo.subscription (source, function, since, epoch, low, high, seq)
      select \(source), function, since, \(start.epoch), \(start.low)::pg_snapshot, \(start.high)::pg_snapshot, 0
      from unnest(\(functions.map(\.name))::text[], \(since)::timestamptz[]) as new (function, since)
      on conflict do nothing
      """, timeout: .seconds(10))
  }
}

extension LoadedFunction {
  /// Where it begins in an outbox that it has not read before.
  fileprivate var begins: EventManifest.Start {
    if case .event(let event) = manifest.trigger { event.from } else { .latest }
  }
}
