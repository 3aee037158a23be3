public import FunctionKit
internal import Manifest

/// One HTTP request to an endpoint, admitted and read.
public struct EndpointCall: Sendable {
  public var request: EndpointRequest
  public var caller: Caller
  /// The `Idempotency-Key` header and what the request is recognised by when it comes again.
  public var idempotency: IdempotencyKey?
  /// Method and path, for the problem's `instance`.
  public var path: String

  public init(request: EndpointRequest, caller: Caller, idempotency: IdempotencyKey?, path: String) {
    self.request = request
    self.caller = caller
    self.idempotency = idempotency
    self.path = path
  }
}

extension Invocation {
  /// An invocation for a request, with the session that its manifest asks for: GET only reads.
  public static func forRequest(
    _ function: LoadedFunction, of bundle: LoadedBundle, services: HostServices, requestID: String,
    after caller: Trace? = nil, hop: Hop = Hop(), headers: @escaping @Sendable (String) -> String?
  ) -> Invocation {
    let timeout = hop.limit(function.manifest.timeout)
    let isReading = function.usesOwnTransactions || function.manifest.route?.method == "GET"
    let session: any DatabaseSession =
      isReading
      ? ReadSession(bundle: bundle, timeout: timeout)
      : TransactionSession(bundle: bundle, function: function, services: services, timeout: timeout)
    return Invocation(
      function, of: bundle, services: services, session: session, requestID: requestID, after: caller, hop: hop,
      headers: headers)
  }

  /// Runs an endpoint to its answer.
  public func answer(_ call: EndpointCall) async -> RawReply {
    await answer(at: call.path) { try await self.idempotently(call) }
  }

  /// Gives the answer that the work comes to; every error becomes one.
  /// - Parameter path: for the problem's `instance`.
  public func answer(at path: String, _ work: () async throws -> RawReply) async -> RawReply {
    do {
      let reply = try await work().unlessKnown(to: self)
      services.log.finished(self, outcome: "\(reply.status)")
      return reply
    } catch {
      await session.rollback()
      let problem = Failure.problem(for: error, of: self)
      services.log.finished(self, outcome: "\(problem.status) \(problem.code)", error: Failure.cause(error))
      return RawReply(problem: problem, instance: path)
    }
  }

  private func idempotently(_ call: EndpointCall) async throws -> RawReply {
    guard let key = call.idempotency else {
      let reply = try await perform(call)
      try await commit()
      return reply
    }
    let store = IdempotencyStore(invocation: self, key: key)
    return function.usesOwnTransactions
      ? try await store.aroundOwnTransactions { try await self.perform(call) }
      : try await store.insideTransaction { try await self.perform(call) }
  }

  private func perform(_ call: EndpointCall) async throws -> RawReply {
    guard case .endpoint(let invoke) = function.invoke else { throw NotGranted("\(function.name) is no endpoint") }
    let context = Context(
      host: self, requestID: requestID, caller: call.caller, idempotencyKey: call.idempotency?.key)
    let reply = try await invoke(call.request, context)
    if reply.status < 400, lacksOwner(call.caller) { throw ownerNotProven }
    return reply
  }

  /// Ends the invocation's transaction, unless its deadline has passed: the caller has been told so already.
  func commit() async throws {
    if isExpired { throw CancellationError() }
    try await session.commit()
  }
}
