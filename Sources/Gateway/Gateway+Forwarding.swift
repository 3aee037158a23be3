internal import EventLoop
internal import FunctionKit
internal import HTTPClient
internal import HTTPServer
internal import Manifest
internal import Runtime

extension Gateway {
  /// Has the request answered by other processes of this host; those of a bundle that runs here as well get a share only,
  /// and what they can't answer is answered here.
  func forward(
    _ route: RemoteRoute, _ names: [String], _ values: [ArraySlice<UInt8>], _ request: Request, _ responder: Responder
  ) {
    let here = route.local.map { action in { self.act(action, names, values, request, responder) } }
    if let here, !route.forwarder.takesNext() { return here() }
    let mark = Mark(requestID: RequestParts.requestID(request.headers) ?? services.newRequestID())
    var forwarded = HTTPRequest(
      forwarding: request, on: route, by: doors.value[request.tag], from: client(of: request.head), mark.requestID)
    if let trace = (request.head.record as? Visit)?.trace { forwarded.belong(to: trace) }
    let exchange = Task(executorPreference: services.loop) { [forwarded] in
      do {
        responder.respond(Response(try await self.send(forwarded, of: request, on: route)))
      } catch {
        guard !Task.isCancelled else { return }
        if let here, self.mayAnswer(request, on: route, after: error) { return here() }
        self.services.log.host(
          .error, "\(route.name) is run elsewhere and was not answered, request \(mark.requestID): \(error)")
        responder.respond(self.response(to: request.head, route.problem(error, mark.requestID), mark))
      }
    }
    responder.onDisconnect { exchange.cancel() }
  }

  /// Where another answer is at hand, nothing is tried twice.
  private func send(_ forwarded: HTTPRequest, of request: Request, on route: RemoteRoute) async throws -> HTTPResponse {
    guard route.local == nil else { return try await route.forwarder.client.send(forwarded) }
    return try await route.forwarder.send(forwarded, isRepeatable: route.isRepeatable(request))
  }

  private func mayAnswer(_ request: Request, on route: RemoteRoute, after error: any Error) -> Bool {
    (error as? HTTPClientError)?.isHarmless(route.isRepeatable(request)) ?? false
  }
}

extension RemoteRoute {
  /// What the client is told when no answer came.
  fileprivate func problem(_ error: any Error, _ requestID: String) -> Problem {
    let hint = "The log tells more under request id \(requestID)."
    guard let error = error as? HTTPClientError else { return Problem(500, "internal_error", hint) }
    if !error.mayHaveArrived {
      return Problem(503, "service_unavailable", "\(name) can't be reached right now. Try again in a moment.")
    }
    switch error.code {
    case .timedOut: return Problem(504, "function_timeout", "\(name) did not answer within \(timeout).")
    case .failed, .connectFailed: return Problem(500, "function_crashed", "\(name) crashed. \(hint)")
    default: return Problem(500, "internal_error", "The answer of \(name) can't be passed on. \(hint)")
    }
  }
}

extension HTTPRequest {
  /// Its own process keeps the function's time; its word that the time is over gets this long to arrive.
  private static let grace = Duration.seconds(1)
  private static let largestAnswer = 256 << 20
  /// What is of one connection or frames a message, and what this host says itself.
  private static let ofConnection: Set<String> = [
    "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "proxy-connection",
    "proxy-authenticate", "proxy-authorization", "host", "content-length", "expect", "x-request-id", Door.header,
    Gateway.clientHeader,
  ]

  /// HEAD goes as GET: the server that answers the client leaves the body out, and says its length.
  fileprivate init(
    forwarding request: Request, on route: RemoteRoute, by door: Door, from client: UInt128?, _ requestID: String
  ) {
    let dropped = HTTPRequest.ofConnection.union(
      request.headers.all("connection").flatMap { $0.lowercased().split { $0 == "," || $0 == " " }.map(String.init) })
    let query = request.query.map { "?\($0)" } ?? ""
    self.init(
      method: request.method == .head ? "GET" : request.method.description,
      url: "http://\(route.forwarder.bundle.manifest.name)\(request.path)\(query)",
      headers: request.headers.filter { name, _ in
        !dropped.contains(name.lowercased()) && !(door == .gateway && TrustHeader.contains(name))
      }.map { ($0.name, $0.value) } + [
        ("x-request-id", requestID), (Door.header, door.word),
      ] + (client.map { [(Gateway.clientHeader, String($0, radix: 16))] } ?? []), body: request.body,
      timeout: route.timeout + HTTPRequest.grace, maxResponseBytes: HTTPRequest.largestAnswer)
    socketPath = route.forwarder.bundle.socketPath
  }
}

extension HTTPRequest {
  fileprivate mutating func belong(to trace: Trace) {
    headers.removeAll { name, _ in name.isHeader("traceparent") }
    headers.append(("traceparent", trace.description))
  }
}

extension Response {
  /// The server frames it anew.
  fileprivate init(_ answer: HTTPResponse) {
    self.init(status: answer.status, headers: answer.headers.map { ($0.name, $0.value) }, body: .bytes(answer.body))
  }
}
