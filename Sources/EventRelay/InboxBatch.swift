internal import FunctionKit
internal import Postgres
internal import Runtime

/// Rows for one bundle's inbox, inserted in one statement.
struct InboxBatch: Sendable {
  let bundle: LoadedBundle
  let source: String
  private var ids: [ID] = []
  private var functions: [String] = []
  private var types: [String] = []
  private var subjects: [String] = []
  private var times: [Instant] = []
  private var data: [Bytes] = []

  init(bundle: LoadedBundle, source: String) {
    self.bundle = bundle
    self.source = source
  }

  mutating func add(_ event: OutboxEvent, for function: String) {
    ids.append(event.id)
    functions.append(function)
    types.append(event.type)
    subjects.append(event.subject)
    times.append(event.time)
    data.append(event.data)
  }

  func insert(now: Instant) async throws {
    _ = try await bundle.requirePool().write(
      """
      insert into lakoo.inbox (id, function, type, source, subject, time, data, next_attempt_at)
      select id, function, type, \("/services/\(source)"), subject, time, data, \(now)
      from unnest(\(ids)::uuid[], \(functions)::text[], \(types)::text[], \(subjects)::text[], \(times)::timestamptz[],
        \(data)::bytea[]) with ordinality as event (id, function, type, subject, time, data, position)
      order by position
      on conflict do nothing
      """, timeout: .seconds(30))
  }
}
