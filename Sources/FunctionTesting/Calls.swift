public import FunctionKit
internal import Manifest
internal import Runtime

/// What an endpoint answered.
public struct TestReply: Sendable {
  public let status: Int
  public let headers: [(name: String, value: String)]
  public let body: [UInt8]

  /// The body as JSON; null when it is none.
  public var json: JSON { (try? JSON.parse(body)) ?? .null }
  public var data: JSON { json["data"] ?? .null }
  public var code: String? { json["code"]?.string }
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension Caller {
  /// Another service, let in by the internal key.
  public static let service = Caller(isPrivileged: true)
  public static func user(_ id: ID) -> Caller { Caller(userID: id, role: .user) }
}

extension BundleUnderTest {
  /// Calls an endpoint as the host would once it has let the caller in.
  /// - Parameter key: the `Idempotency-Key`.
  public func call(
    _ function: String, path: [(name: String, value: String)] = [], query: [(name: String, value: String)] = [],
    body: JSON? = nil, caller: Caller = Caller(), key: String? = nil, headers: [String: String] = [:]
  ) async throws -> TestReply {
    let loaded = try loaded(function)
    let bytes = body?.serialized() ?? []
    let idempotency = key.map {
      IdempotencyKey(
        key: $0, caller: caller.userID?.description ?? "internal", fingerprint: String(decoding: bytes, as: UTF8.self))
    }
    let call = EndpointCall(
      request: EndpointRequest(path: path, query: query, body: bytes), caller: caller, idempotency: idempotency,
      path: "/\(function)")
    let invocation = Invocation.forRequest(
      loaded, of: bundle, services: services, requestID: "test"
    ) { headers[$0] }
    let reply = await withCheckedContinuation { continuation in
      invocation.start { continuation.resume(returning: await invocation.answer(call)) }
    }
    return TestReply(status: reply.status, headers: reply.headers, body: reply.body)
  }

  /// Hands an event to a handler, in the transaction that the manifest asks for.
  public func handle(
    _ function: String, type: String, subject: String = "test", id: ID? = nil, data: JSON
  ) async throws {
    let envelope = EventEnvelope(
      id: id ?? newID(), type: type, source: "/services/test", subject: subject, time: clock.now)
    try await run(function, event: envelope) { invoke, context in
      guard case .event(let handle) = invoke else { throw TestSetupError("\(function) handles no events") }
      try await handle(data.serialized(), context)
    }
  }

  /// Works through a webhook delivery that the host has verified and stored.
  public func receive(_ function: String, body: JSON) async throws {
    try await run(function, event: nil) { invoke, context in
      guard case .webhook(_, let handle) = invoke else { throw TestSetupError("\(function) is no webhook function") }
      try await handle(body.serialized(), context)
    }
  }

  /// Fires a cron function.
  /// - Parameter scheduledAt: when it was due; now by default.
  public func fire(_ function: String, scheduledAt: Instant? = nil) async throws {
    let now = scheduledAt ?? clock.now
    try await run(function, event: nil) { invoke, context in
      guard case .cron(let handle) = invoke else { throw TestSetupError("\(function) is no cron job") }
      try await handle(Tick(scheduledAt: now), context)
    }
  }

  private func run(
    _ function: String, event: EventEnvelope?,
    _ body: @escaping @Sendable (Registered.Invoke, Context) async throws -> Void
  ) async throws {
    let loaded = try loaded(function)
    let timeout = loaded.manifest.timeout
    let session: any DatabaseSession =
      loaded.usesOwnTransactions
      ? ReadSession(bundle: bundle, timeout: timeout)
      : TransactionSession(bundle: bundle, function: loaded, services: services, timeout: timeout)
    let invocation = Invocation(loaded, of: bundle, services: services, session: session, requestID: "test")
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      invocation.start {
        do {
          try await body(loaded.invoke, Context(host: invocation, requestID: "test", event: event))
          try await session.commit()
          continuation.resume()
        } catch {
          await session.rollback()
          continuation.resume(throwing: error)
        }
      }
    }
  }

  private func loaded(_ name: String) throws -> LoadedFunction {
    guard let function = bundle.function(name) else {
      throw TestSetupError("bundle \(bundle.name) has no function \(name)")
    }
    return function
  }

  /// A new id, at the test's time.
  public func newID() -> ID { ID(at: clock.now, random: (.random(in: .min ... .max), .random(in: .min ... .max))) }
}
