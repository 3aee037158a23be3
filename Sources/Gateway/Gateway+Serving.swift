internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Runtime

extension Gateway {
  /// Answers a whole request of which nothing has been looked at yet.
  func handle(_ request: Request, _ responder: Responder) {
    if case .reject(let response) = look(at: request.head) { return responder.respond(response) }
    serve(request, responder)
  }

  func serve(_ request: Request, _ responder: Responder) {
    let head = request.head
    if let answer = preflight(head) { return responder.respond(answer) }
    let match = match(head)
    // One with a body was counted before that was read.
    if head.contentLength == 0, let refusal = refusal(earlyLimits(match), head) { return responder.respond(refusal) }
    switch match {
    case .found(let target, let values): act(target.action, target.names, values, request, responder)
    case .wrongMethod(let allowed):
      settle(edge.limits.early, head)
      responder.respond(wrongMethod(head, allowed))
    case .none:
      settle(edge.limits.early, head)
      guard let fallback = fallback(at: head.tag) else {
        return responder.respond(response(to: head, Gateway.noRoute))
      }
      Task(executorPreference: services.loop) { responder.respond(await fallback(request)) }
    }
  }

  func fallback(at tag: Int) -> (@Sendable (Request) async -> Response)? {
    doors.value[tag] == .admin ? adminFallback : nil
  }

  private func earlyLimits(_ match: RouteTable.Match) -> [RateBucket] {
    if case .found(let target, _) = match { target.action.limits.early } else { edge.limits.early }
  }

  func act(
    _ action: RouteAction, _ names: [String], _ values: [ArraySlice<UInt8>], _ request: Request, _ responder: Responder
  ) {
    switch action {
    case .endpoint(let route) where services.quarantine.holds(route.function):
      responder.respond(response(to: request.head, Quarantine.problem(of: route.function)))
    case .endpoint(let route): serve(route, names, values, request, responder)
    case .webhook(let route): settled(route.limits, request, responder) { self.receive(route, request, responder) }
    case .remote(let route):
      settled(route.limits, request, responder) { self.forward(route, names, values, request, responder) }
    case .composition(let route): compose(route, names, values, request, responder)
    case .host(let answer, _): serve(answer, names, values, request, responder)
    }
  }

  private func serve(
    _ answer: @escaping @Sendable (Request, [(name: String, value: String)]) async -> RawReply, _ names: [String],
    _ values: [ArraySlice<UInt8>], _ request: Request, _ responder: Responder
  ) {
    let mark = Mark(requestID: RequestParts.requestID(request.headers) ?? services.newRequestID())
    let path: [(name: String, value: String)]
    do { path = try RequestParts.path(names, values) } catch {
      return responder.respond(response(to: request.head, error, mark))
    }
    Task(executorPreference: services.loop) {
      responder.respond(Response(await answer(request, path), mark))
    }
  }
}
