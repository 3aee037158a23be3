internal import EventLoop
internal import FunctionKit
internal import Manifest

/// The row of a key: who claims it, and under which lease.
extension IdempotencyStore {
  private struct Stored: Decodable {
    var fingerprint: String
    var status: Int?
    var headers: [Header]?
    var contentType: String?
    var body: Bytes?
    var isLeased: Bool

    var replay: RawReply? {
      status.map { status in
        RawReply(
          status: status,
          headers: (headers ?? []).map { ($0.name, $0.value) } + [(name: "idempotency-replayed", value: "true")],
          contentType: contentType, body: body?.bytes ?? [])
      }
    }
  }

  private struct Header: Codable {
    var name: String
    var value: String
  }

  /// Takes the key for this invocation, or gives the answer that it already has.
  func claim(in session: any DatabaseSession) async throws -> Claim {
    let isFree = try await Database(session).one(
      "select pg_try_advisory_xact_lock(hashtextextended(\(lockName), 0))", as: Bool.self)
    guard isFree else { throw IdempotencyStore.inProgress }
    if let stored = try await stored(in: session) {
      guard stored.fingerprint == key.fingerprint else { throw IdempotencyStore.reused }
      if let replay = stored.replay { return .answered(replay) }
      guard !stored.isLeased else { throw IdempotencyStore.inProgress }
    }
    return .leased(until: try await Database(session).one(insert()))
  }

  private func stored(in session: any DatabaseSession) async throws -> Stored? {
    try await Database(session).first(
      """
      select fingerprint, status, headers, content_type, body, lease_until > clock_timestamp() as is_leased
      from lakoo.idempotency
      where function = \(invocation.function.name) and caller = \(key.caller) and key = \(key.key)
        and created_at > \(invocation.now - IdempotencyStore.lifetime)
      """)
  }

  private func insert() -> SQL {
    let lease = Int(invocation.function.manifest.timeout.milliseconds)
    return """
      insert into lakoo.idempotency (function, caller, key, fingerprint, created_at, lease_until)
      values (\(invocation.function.name), \(key.caller), \(key.key), \(key.fingerprint), \(invocation.now),
        clock_timestamp() + \(lease) * interval '1 millisecond')
      on conflict (function, caller, key) do update set
        fingerprint = excluded.fingerprint, status = null, headers = null, body = null, created_at = excluded.created_at,
        lease_until = excluded.lease_until
      returning lease_until
      """
  }

  func store(_ reply: RawReply, _ lease: Instant) throws -> SQL {
    """
    update lakoo.idempotency
    set status = \(reply.status), headers = \(try AsJSON(reply.headers.map(Header.init))),
      content_type = \(reply.contentType), body = \(Bytes(reply.body))
    where \(isHeld(lease))
    """
  }

  func forget(_ lease: Instant) -> SQL { "delete from lakoo.idempotency where \(isHeld(lease))" }

  /// Whether the key is still the one's who leased it until then; nobody else can have got the same moment.
  private func isHeld(_ lease: Instant) -> SQL {
    """
    function = \(invocation.function.name) and caller = \(key.caller) and key = \(key.key) and lease_until = \(lease)
    """
  }

  private var lockName: String { "idempotency:\(invocation.function.name):\(key.caller):\(key.key)" }

  private static let inProgress = Problem(
    409, "idempotency_in_progress", "A request with this Idempotency-Key is still running. Try again in a moment.")
  private static let reused = Problem(
    422, "idempotency_key_reused",
    "This Idempotency-Key was used for another request. Use a new key, or send the same request again.",
    details: [FieldError(field: "Idempotency-Key", message: "belongs to another request", code: "reused")])
}
