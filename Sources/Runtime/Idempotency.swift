internal import EventLoop
internal import FunctionKit
internal import Manifest

/// A client's `Idempotency-Key`, within the caller's own namespace.
public struct IdempotencyKey: Sendable {
  public let key: String
  /// Who sent it; two callers may use the same key.
  public let caller: String
  /// A digest of method, path and body.
  public let fingerprint: String

  public init(key: String, caller: String, fingerprint: String) {
    self.key = key
    self.caller = caller
    self.fingerprint = fingerprint
  }
}

/// Stores an endpoint's answer under its key, so that a repeat gets the same one. Refusals and failures are not kept:
/// the repeat tries again.
struct IdempotencyStore {
  let invocation: Invocation
  let key: IdempotencyKey
  static let lifetime = Duration.hours(24)

  private struct Stored: Decodable {
    var fingerprint: String
    var status: Int?
    var headers: [Header]?
    var contentType: String?
    var body: Bytes?
    var isLeased: Bool
  }

  private struct Header: Codable {
    var name: String
    var value: String
  }

  /// For functions that are one transaction: key, answer and effect are committed together.
  func insideTransaction(_ work: () async throws -> RawReply) async throws -> RawReply {
    let session = invocation.session
    if let replay = try await claim(in: session) {
      // The lock on the key is given back before the answer is sent, so that the next repeat finds it free.
      await session.rollback()
      return replay
    }
    let reply = try await work()
    _ = try await session.run(try store(reply))
    try await invocation.commit()
    return reply
  }

  /// For functions that open transactions themselves: the key is leased first and its answer stored last. A crash in
  /// between leaves a lease that runs out, and the repeat calls the function again with the same key.
  func aroundOwnTransactions(_ work: () async throws -> RawReply) async throws -> RawReply {
    let replay = try await inTransaction { try await claim(in: $0) }
    if let replay { return replay }
    do {
      let reply = try await work()
      try await inTransaction { _ = try await $0.run(try store(reply)) }
      return reply
    } catch {
      try? await inTransaction { _ = try await $0.run(forget()) }
      throw error
    }
  }

  private func inTransaction<Result: Sendable>(
    _ body: (any DatabaseSession) async throws -> Result
  ) async throws -> Result {
    let session = try await invocation.begin()
    do {
      let result = try await body(session)
      try await session.commit()
      return result
    } catch {
      await session.rollback()
      throw error
    }
  }

  /// Takes the key for this invocation, or gives the answer that it already has.
  private func claim(in session: any DatabaseSession) async throws -> RawReply? {
    let isFree = try await Database(session).one(
      "select pg_try_advisory_xact_lock(hashtextextended(\(lockName), 0))", as: Bool.self)
    guard isFree else { throw IdempotencyStore.inProgress }
    guard let stored = try await stored(in: session) else {
      _ = try await session.run(insert())
      return nil
    }
    guard stored.fingerprint == key.fingerprint else { throw IdempotencyStore.reused }
    if let status = stored.status {
      return RawReply(
        status: status,
        headers: (stored.headers ?? []).map { ($0.name, $0.value) } + [(name: "idempotency-replayed", value: "true")],
        contentType: stored.contentType, body: stored.body?.bytes ?? [])
    }
    guard !stored.isLeased else { throw IdempotencyStore.inProgress }
    _ = try await session.run(insert())
    return nil
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
      """
  }

  private func store(_ reply: RawReply) throws -> SQL {
    """
    update lakoo.idempotency
    set status = \(reply.status), headers = \(try AsJSON(reply.headers.map(Header.init))),
      content_type = \(reply.contentType), body = \(Bytes(reply.body))
    where function = \(invocation.function.name) and caller = \(key.caller) and key = \(key.key)
    """
  }

  private func forget() -> SQL {
    """
    delete from lakoo.idempotency
    where function = \(invocation.function.name) and caller = \(key.caller) and key = \(key.key) and status is null
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
