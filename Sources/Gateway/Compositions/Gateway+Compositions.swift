internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Runtime

extension Gateway {
  /// Asks for the parts of a composition, all that can be asked for at once, and answers with what they have answered.
  func compose(
    _ route: CompositionRoute, _ names: [String], _ values: [ArraySlice<UInt8>], _ request: Request,
    _ responder: Responder
  ) {
    let parameters: [(name: String, value: String)]
    do { parameters = try compositionParameters(names, values) } catch {
      return responder.respond(response(to: request.head, error))
    }
    let invocation = Invocation.forRequest(
      route.function, of: route.bundle, services: services,
      requestID: RequestParts.requestID(request.headers) ?? services.newRequestID(),
      after: trace(of: request.head)
    ) { request.headers.told($0) }
    let caller = PartCaller(
      request, invocation, route, until: services.loop.now + route.manifest.timeout.milliseconds)
    start(invocation, at: request.path, responder) { [self] in
      await invocation.answer(at: request.path) { try await answer(Composing(route.manifest, parameters), for: caller) }
    }
  }

  /// - Throws: ``Problem`` 400 for what can't stand in another path.
  private func compositionParameters(
    _ names: [String], _ values: [ArraySlice<UInt8>]
  ) throws(Problem) -> [(name: String, value: String)] {
    let parameters = try RequestParts.path(names, values)
    for (name, value) in parameters where [".", ".."].contains(value) {
      throw Problem(400, "bad_request", "'\(value)' can't be the \(name) of anything.")
    }
    return parameters
  }

  private func answer(_ beginning: Composing, for caller: PartCaller) async throws -> RawReply {
    var composing = beginning
    await withTaskGroup(of: (PartManifest, PartOutcome).self) { group in
      var questions = composing.next()
      while true {
        for question in questions {
          group.addTask { (question.part, await self.outcome(of: question, for: caller)) }
        }
        guard composing.refusal == nil, let (part, outcome) = await group.next() else { break }
        composing.note(outcome, of: part)
        questions = composing.next()
      }
      group.cancelAll()
    }
    try Task.checkCancellation()
    return composing.reply(at: caller.request.path, isPublic: caller.route.isPublic)
  }

  private func outcome(of question: PartQuestion, for caller: PartCaller) async -> PartOutcome {
    guard let target = caller.route.targets[question.part.name] else {
      return .failed(
        Problem(503, "service_unavailable", "The \(question.part.bundle) service is not part of this deployment."))
    }
    guard let request = caller.request(for: question, to: target) else {
      return .failed(.unexpected("What it is to be asked with can't be sent."))
    }
    let limit = caller.limit(of: question.part, at: services.loop.now)
    do {
      return PartOutcome(try await reply(to: request, target.values(question.segments), of: target, within: limit))
    } catch {
      return .failed(Problem(499, "client_gone", "Nobody waits for it any more."))
    }
  }

  /// - Throws: `CancellationError` as soon as nobody waits any more.
  private func reply(
    to request: Request, _ values: [ArraySlice<UInt8>], of target: PartTarget, within limit: Duration
  ) async throws -> RawReply {
    let wait = ReplyWait()
    let responder = Responder(services.loop) { wait.end(.success(RawReply($0))) }
    let timer = LoopTimer(services.loop)
    defer { timer.close() }
    timer.start(after: limit.milliseconds) {
      wait.end(.success(RawReply(problem: PartCaller.late(limit), instance: nil)))
      responder.disconnect()
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        if wait.begin(continuation) { ask(request, values, of: target, responder) }
      }
    } onCancel: {
      wait.end(.failure(CancellationError()))
      services.loop.execute { responder.disconnect() }
    }
  }

  /// As if the client had sent it: counted, let in or refused, and cut off when the client goes.
  private func ask(_ request: Request, _ values: [ArraySlice<UInt8>], of target: PartTarget, _ responder: Responder) {
    if let refusal = refusal(target.action.limits.early, request.head) { return responder.respond(refusal) }
    act(target.action, target.route.parameters, values, request, responder)
  }
}
