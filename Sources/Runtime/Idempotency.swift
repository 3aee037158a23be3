internal import EventLoop
internal import FunctionKit
internal import Postgres

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

/// Stores an endpoint's answer under its key, so that a repeat gets the same one. Refusals, failures and interim answers
/// are not kept: the repeat tries again.
struct IdempotencyStore {
  let invocation: Invocation
  let key: IdempotencyKey
  static let lifetime = Duration.hours(24)

  /// What a request finds under its key.
  enum Claim {
    /// The answer that an earlier one had.
    case answered(RawReply)
    /// Nothing, so the key is its own until then.
    case leased(until: Instant)
  }

  /// For functions that are one transaction: key, answer and effect are committed together.
  func insideTransaction(_ work: () async throws -> RawReply) async throws -> RawReply {
    let session = invocation.session
    switch try await claim(in: session) {
    case .answered(let replay):
      // The lock on the key is given back before the answer is sent, so that the next repeat finds it free.
      await session.rollback()
      return replay
    case .leased(let lease):
      let reply = try await work()
      _ = try await session.run(try store(reply, lease))
      try await invocation.commit()
      return reply
    }
  }

  /// For functions that open transactions themselves: the key is leased first and its answer stored last. A crash in
  /// between leaves a lease that runs out, and the repeat calls the function again with the same key.
  func aroundOwnTransactions(_ work: () async throws -> RawReply) async throws -> RawReply {
    switch try await inTransaction({ try await claim(in: $0) }) {
    case .answered(let replay): return replay
    case .leased(let lease): return try await underLease(lease, work)
    }
  }

  private func underLease(_ lease: Instant, _ work: () async throws -> RawReply) async throws -> RawReply {
    let reply: RawReply
    do { reply = try await work() } catch {
      await settle("the failure", lease) { forget(lease) }
      throw error
    }
    await settle("the answer", lease) { reply.isFinal ? try store(reply, lease) : forget(lease) }
    if invocation.isExpired { throw CancellationError() }
    return reply
  }

  /// Puts down how the work went, whatever has become of the invocation. When that fails the lease stays, so that a repeat
  /// does not act again at once.
  private func settle(_ outcome: String, _ lease: Instant, _ statement: () throws -> SQL) async {
    do {
      let statement = try statement()
      try await invocation.unstoppably {
        let settled = try await invocation.bundle.requirePool().write(statement, timeout: .seconds(10)).affected
        if settled == 0 {
          invocation.log(.warning, "\(outcome) is not stored: another request has taken its Idempotency-Key")
        }
      }
    } catch {
      invocation.log(
        .error,
        "\(outcome) could not be stored, so a repeat with its Idempotency-Key is told to wait until \(lease): "
          + (Failure.cause(error) ?? "\(error)"))
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
}
