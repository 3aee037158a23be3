import EventLoop
import FunctionKit
import Gateway
import HTTPClient
import HTTPServer
import Runtime

/// The port of those who run the host. What concerns deployments is answered here; the rest is handed to a worker.
final class AdminPort: Sendable {
  private let server: HTTPServer
  private let gateway: Gateway

  init(
    _ socket: BoundSocket, services: HostServices, keys: TrustKeys, routes: [AdminRoute], limits: Limits,
    fallback: @escaping @Sendable (Request) async -> Response
  ) throws {
    gateway = Gateway(
      services: services, bundles: [], keys: keys, version: Version.current, adminRoutes: routes,
      adminFallback: fallback
    ) { _ in }
    server = gateway.makeServer(limits: limits, doors: [.admin])
    try server.listen(inherited: socket.duplicate(), tag: 0)
  }

  func stop() async { await server.drain(within: .seconds(5)) }
}

/// Hands requests of the admin port to a worker that serves.
struct AdminProxy: Sendable {
  let fleet: Fleet
  let client: HTTPClient
  private static let passed: Set<String> = ["authorization", "content-type", "x-request-id", "traceparent"]

  func answer(_ request: Request) async -> Response {
    if request.path == "/ready", let refusal = unready { return refusal }
    guard let worker = worker(for: request) else {
      return AdminProxy.problem("no worker serves right now; the host's log says why")
    }
    do {
      let answer = try await client.send(forwarded(request, to: worker))
      return Response(
        status: answer.status, headers: answer.headers.filter { !AdminProxy.isOfConnection($0.0) },
        body: .bytes(answer.body))
    } catch {
      if request.path == "/ready", let refusal = unready { return refusal }
      return AdminProxy.problem("worker \(worker.id) did not answer: \(error)")
    }
  }

  /// What `GET /ready` says when there is no need to ask a worker.
  private var unready: Response? {
    let reasons = fleet.unreadiness
    return reasons.isEmpty ? nil : AdminProxy.response(Gateway.readiness(reasons))
  }

  /// What concerns a bundle with workers of its own is for one of those: `/events/:bundle/…`, `/crons/:bundle/…`.
  private func worker(for request: Request) -> WorkerHandle? {
    let parts = request.path.split(separator: "/")
    let own = parts.count > 2 ? fleet.serving(.dedicated(String(parts[1]))) : nil
    return own ?? fleet.serving(.front)
  }

  private func forwarded(_ request: Request, to worker: WorkerHandle) -> HTTPRequest {
    var forwarded = HTTPRequest(
      method: "\(request.head.method)".uppercased(), url: "http://worker\(request.head.target)",
      headers: request.headers.filter { AdminProxy.passed.contains($0.0.lowercased()) }, body: request.body,
      timeout: .seconds(30))
    forwarded.socketPath = worker.socket
    return forwarded
  }

  private static func isOfConnection(_ name: String) -> Bool {
    ["connection", "keep-alive", "transfer-encoding", "content-length", "date"].contains(name.lowercased())
  }

  private static func problem(_ detail: String) -> Response {
    response(RawReply(problem: Problem(503, "no_worker", detail), instance: "/"))
  }

  private static func response(_ reply: RawReply) -> Response {
    Response(
      status: reply.status,
      headers: [("Content-Type", reply.contentType ?? "")] + reply.headers.map { ($0.name, $0.value) },
      body: .bytes(reply.body))
  }
}
