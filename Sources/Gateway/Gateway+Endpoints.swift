internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Runtime

extension Gateway {
  func serve(
    _ route: EndpointRoute, _ names: [String], _ values: [ArraySlice<UInt8>], _ request: Request, _ responder: Responder
  ) {
    let head = request.head
    let requestID = RequestParts.requestID(head.headers) ?? services.newRequestID()
    let origin = trace(of: head)
    let door = doors.value[head.tag]
    let call: EndpointCall
    let counted: [RateBucket]
    let user: ID?
    do {
      let caller =
        route.isPublic
        ? admission.welcome(head, by: door)
        : try admission.admit(head, by: door, to: route.manifest.access)
      user = caller.userID
      (head.record as? Visit)?.user = user
      counted = try limit(route.limits, caller, head)
      call = try self.call(route, caller, names, values, request)
    } catch {
      settle(route.limits.early, head)
      let mark = Mark(requestID: requestID, trace: services.newTrace(after: origin))
      return responder.respond(response(to: head, error, mark))
    }
    settle(route.limits.early, counted, head, user: user) { [self] problem in
      if let problem {
        let mark = Mark(requestID: requestID, trace: services.newTrace(after: origin))
        return responder.respond(response(to: head, problem, mark))
      }
      let invocation = Invocation.forRequest(
        route.function, of: route.bundle, services: services, requestID: requestID, after: origin,
        hop: hop(head.headers, by: door)
      ) { TrustHeader.contains($0) ? nil : head.headers.told($0) }
      start(invocation, at: call.path, responder) { await invocation.answer(call) }
    }
  }

  /// - Parameter path: for the problem's `instance`.
  func start(
    _ invocation: Invocation, at path: String, _ responder: Responder,
    _ answer: @escaping @Sendable () async -> RawReply
  ) {
    let mark = Mark(requestID: invocation.requestID, trace: invocation.trace)
    invocation.startInTurn { problem in
      responder.respond(Response(RawReply(problem: problem, instance: path), mark))
    } _: {
      responder.respond(Response(await answer(), mark))
    }
    if invocation.isUnderWay { responder.onDisconnect { invocation.abandon() } }
  }

  private func call(
    _ route: EndpointRoute, _ caller: Caller, _ names: [String], _ values: [ArraySlice<UInt8>], _ request: Request
  ) throws(Problem) -> EndpointCall {
    try requirePrecondition(route, request)
    let isForm = route.manifest.takesForm && RequestParts.isForm(request.head.headers)
    let form = isForm ? try FormBody(request.body).fields : []
    return EndpointCall(
      request: EndpointRequest(
        path: try RequestParts.path(names, values), query: try RequestParts.query(request.head.queryBytes) + form,
        body: isForm ? [] : request.body),
      caller: caller, idempotency: try idempotencyKey(route, caller, request), path: request.path)
  }
}
