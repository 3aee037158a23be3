internal import Compression
internal import EventLoop
internal import FunctionKit
public import HTTPClient
public import HTTPServer
internal import Manifest
internal import OpenAPI
public import Runtime

/// Turns HTTP requests into invocations: the public door, every service's own, and the admin's.
public final class Gateway: Sendable {
  let services: HostServices
  let bundles: [LoadedBundle]
  let admission: Admission
  let edge: Edge
  let compressor = Compressor()
  let onReceipt: @Sendable (LoadedBundle) -> Void
  let startedAt: UInt64
  let version: String
  let adminRoutes: [AdminRoute]
  let adminFallback: (@Sendable (Request) async -> Response)?
  /// The ways to the bundles that others run, by their names.
  let forwarders: [String: Forwarder]
  /// The ways to releases that are tried out beside the live ones.
  let trials: [String: Forwarder]
  let tables: LoopLocal<[RouteTable]>
  let doors: LoopLocal<[Door]>
  let described: [DescribedBundle]
  let descriptions: LoopLocal<[Door: StaticFile]>

  /// - Parameters:
  ///   - elsewhere: bundles that only others run, but whose libraries are known here, to be described.
  ///   - remotes: the bundles that other processes of this host run, and what sends them their requests.
  ///   - adminRoutes: what other parts of the host answer on the admin port.
  ///   - adminFallback: answers what comes in at the admin port and has no route here.
  ///   - onReceipt: called when a bundle has a new webhook delivery to work through.
  public init(
    services: HostServices, bundles: [LoadedBundle], elsewhere: [LoadedBundle] = [],
    remotes: (bundles: [RemoteBundle], client: HTTPClient)? = nil,
    keys: TrustKeys, edge: Edge = Edge(), version: String,
    adminRoutes: [AdminRoute] = [], adminFallback: (@Sendable (Request) async -> Response)? = nil,
    onReceipt: @escaping @Sendable (LoadedBundle) -> Void
  ) {
    self.services = services
    self.bundles = bundles
    self.version = version
    self.adminRoutes = adminRoutes
    self.adminFallback = adminFallback
    self.onReceipt = onReceipt
    admission = Admission(keys: keys, services)
    self.edge = edge
    let ways = remotes.map { remotes in
      remotes.bundles.map { ($0.manifest.name, Forwarder($0, services.loop, remotes.client)) }
    }
    forwarders = Dictionary((ways ?? []).filter { $1.bundle.percent == nil }) { first, _ in first }
    trials = Dictionary((ways ?? []).filter { $1.bundle.percent != nil }) { first, _ in first }
    startedAt = services.loop.now
    tables = LoopLocal(services.loop, [])
    doors = LoopLocal(services.loop, [])
    descriptions = LoopLocal(services.loop, [:])
    described = DescribedBundle.all(bundles + elsewhere, remotes?.bundles ?? [])
    hostServices()
  }

  /// A server whose listeners' tags stand for the doors, in their order.
  public func makeServer(limits: Limits, doors: [Door]) -> HTTPServer {
    self.doors.value = doors
    tables.value = doors.map(table)
    let local = doorTag(of: .local)
    let server = HTTPServer(services.loop, limits: limits) { [self] head in
      if head.tag == local { enter(head) }
      return look(at: head)
    } onRequest: { [self] request, responder in
      serve(request, responder)
    }
    server.onResponse = { [self] head, tag, response in complete(&response, to: head, at: tag) }
    return server
  }

  /// The listener's tag that stands for the door.
  func doorTag(of door: Door) -> Int? { doors.value.firstIndex(of: door) }

  /// Answers a whole request of which nothing has been looked at yet.
  func handle(_ request: Request, _ responder: Responder) {
    if case .reject(let response) = look(at: request.head) { return responder.respond(response) }
    serve(request, responder)
  }

  private func table(for door: Door) -> RouteTable {
    switch door {
    case .gateway:
      withDescription(
        withHealth(
          withCompositions(.gateway(routed)), of: bundles.filter { !$0.manifest.isDevelopmentOnly }, named: "gateway"),
        of: door)
    case .service(let name): serviceTable(name)
    case .admin: adminTable()
    case .local: RouteTable()
    }
  }

  /// Every bundle's routes, those of bundles that run here first.
  var routed: [RoutedBundle] {
    let here = Set(bundles.map(\.name))
    let elsewhere = forwarders.filter { !here.contains($0.key) }.sorted { $0.key < $1.key }
    return bundles.map { RoutedBundle($0, trial: trials[$0.name], edge) }
      + elsewhere.map { RoutedBundle($0.value, trial: trials[$0.key], edge) }
  }

  private func serviceTable(_ name: String) -> RouteTable {
    guard let bundle = routed.first(where: { $0.manifest.name == name }) else { return RouteTable() }
    var table = RouteTable.service(bundle)
    if let here = bundles.first(where: { $0.name == name }) {
      table = withHealth(table, of: [here], named: "\(name)-service")
    } else if let forwarder = forwarders[name] {
      table.add(.get, [.literal("health")], .remote(RemoteRoute(healthOf: forwarder)))
    }
    return withDescription(table, of: .service(name))
  }

  /// A request between processes of this host goes on as at the door that it names; without a name, the admin's.
  private func enter(_ head: RequestHead) {
    let door = head.headers.first(Door.header).map(Door.init(word:)) ?? .admin
    if let tag = doorTag(of: door) { head.move(to: tag) }
  }

  /// A request without a body is looked at once, when it is whole.
  private func look(at head: RequestHead) -> HeadDecision {
    guard head.contentLength != 0 else { return .accept(bodyLimit: 0) }
    switch tables.value[head.tag].match(head.method, head.pathBytes) {
    case .found(let target, _):
      if let refusal = refusal(target.action.limits.early, head) { return .reject(refusal) }
      guard !target.action.takesJSON || RequestParts.isJSON(head.headers) else {
        return .reject(response(to: head, Problem(415, "unsupported_media_type", "Send the body as application/json.")))
      }
      guard !isStrangersFile(target.action, head) else { return .reject(response(to: head, .unauthenticated)) }
      let limit = target.action.bodyLimit
      guard (head.contentLength ?? 0) <= limit else { return .reject(response(to: head, Gateway.tooLarge(limit))) }
      return .accept(bodyLimit: limit)
    case .wrongMethod(let allowed): return .reject(refusal(edge.limits.early, head) ?? wrongMethod(head, allowed))
    case .none:
      if let refusal = refusal(edge.limits.early, head) { return .reject(refusal) }
      if fallback(at: head.tag) != nil { return .accept(bodyLimit: RouteAction.ownLimit) }
      return .reject(response(to: head, Gateway.noRoute))
    }
  }

  /// A stranger may not make the host hold a file for it.
  private func isStrangersFile(_ action: RouteAction, _ head: RequestHead) -> Bool {
    guard case .host(_, let limit) = action, limit > RouteAction.ownLimit else { return false }
    return !admission.isAdmin(head.headers)
  }

  private func fallback(at tag: Int) -> (@Sendable (Request) async -> Response)? {
    doors.value[tag] == .admin ? adminFallback : nil
  }

  private func serve(_ request: Request, _ responder: Responder) {
    let head = request.head
    if let answer = preflight(head) { return responder.respond(answer) }
    let match = tables.value[head.tag].match(head.method, head.pathBytes)
    // One with a body was counted before that was read.
    if head.contentLength == 0, let refusal = refusal(earlyLimits(match), head) { return responder.respond(refusal) }
    switch match {
    case .found(let target, let values): act(target.action, target.names, values, request, responder)
    case .wrongMethod(let allowed): responder.respond(wrongMethod(head, allowed))
    case .none:
      guard let fallback = fallback(at: head.tag) else {
        return responder.respond(response(to: head, Gateway.noRoute))
      }
      Task(executorPreference: services.loop) { responder.respond(await fallback(request)) }
    }
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
    case .webhook(let route): receive(route, request, responder)
    case .remote(let route): forward(route, names, values, request, responder)
    case .composition(let route): compose(route, names, values, request, responder)
    case .host(let answer, _): serve(answer, names, values, request, responder)
    }
  }

  private func serve(
    _ route: EndpointRoute, _ names: [String], _ values: [ArraySlice<UInt8>], _ request: Request, _ responder: Responder
  ) {
    let head = request.head
    let requestID = RequestParts.requestID(head.headers) ?? services.newRequestID()
    let traceparent = head.headers.first("traceparent")
    let door = doors.value[head.tag]
    let call: EndpointCall
    do {
      let caller =
        route.isPublic
        ? admission.welcome(head, by: door)
        : try admission.admit(head, by: door, to: route.manifest.access)
      try limit(route.limits, caller, head)
      call = try self.call(route, caller, names, values, request)
    } catch {
      let mark = Mark(requestID: requestID, trace: services.newTrace(traceparent: traceparent))
      return responder.respond(response(to: head, error, mark))
    }
    let invocation = Invocation.forRequest(
      route.function, of: route.bundle, services: services, requestID: requestID, trace: traceparent,
      hop: hop(head.headers, by: door)
    ) { TrustHeader.contains($0) ? nil : head.headers.told($0) }
    start(invocation, at: call.path, responder) { await invocation.answer(call) }
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
    return EndpointCall(
      request: EndpointRequest(
        path: try RequestParts.path(names, values), query: try RequestParts.query(request.head.queryBytes),
        body: request.body),
      caller: caller, idempotency: try idempotencyKey(route, caller, request), path: request.path)
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
