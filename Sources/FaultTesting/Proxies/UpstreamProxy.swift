internal import EventLoop
internal import HTTPClient
internal import HTTPServer

/// Stands between two parties that speak HTTP, and treats each request as its owner says.
final class UpstreamProxy: Sendable {
  typealias Treatment = @Sendable (Exchange) async throws -> HTTPResponse

  private let loop: EventLoop
  private let server: LoopLocal<HTTPServer>
  private let client: HTTPClient
  private let underWay: LoopLocal<Int>
  let url: String
  /// Whether a request is under way, be it that whoever sent it is gone.
  var isBusy: Bool { underWay.value > 0 }

  /// - Parameters:
  ///   - target: `http://host:port`.
  ///   - treat: gives the answer, or throws to break the connection off.
  init(_ loop: EventLoop, to target: String, treat: @escaping Treatment) throws {
    self.loop = loop
    let client = try HTTPClient(loop: loop, allowedOrigins: [target])
    self.client = client
    let underWay = LoopLocal(loop, 0)
    self.underWay = underWay
    let server = HTTPServer(loop) { request, responder in
      Task(executorPreference: loop) {
        underWay.value += 1
        defer { underWay.value -= 1 }
        do {
          responder.respond(Response(try await treat(Exchange(request, target, client, loop))))
        } catch {
          responder.respond(.brokenOff)
        }
      }
    }
    self.server = LoopLocal(loop, server)
    url = "http://\(try server.listen(on: .tcp(host: "127.0.0.1", port: 0)))"
  }

  func close() async {
    client.close()
    await server.value.drain(within: .zero)
  }
}

/// One request that has come in, to be sent on once, twice, late or not at all.
struct Exchange: Sendable {
  private let request: HTTPRequest
  private let client: HTTPClient
  let loop: EventLoop
  let label: String

  /// The connection's own, and what the client sets itself.
  private static let dropped: Set = [
    "host", "connection", "content-length", "transfer-encoding", "keep-alive", "expect",
  ]

  init(_ request: Request, _ target: String, _ client: HTTPClient, _ loop: EventLoop) {
    label = "\(request.method) \(request.path)"
    self.client = client
    self.loop = loop
    self.request = HTTPRequest(
      method: "\(request.method)", url: target + request.head.target,
      headers: request.headers.filter { !Self.dropped.contains($0.name.lowercased()) }.map { ($0.name, $0.value) },
      body: request.body)
  }

  /// - Parameter dropping: a header that is left out.
  func forward(dropping header: String? = nil) async throws -> HTTPResponse {
    var request = request
    request.headers.removeAll { $0.0.lowercased() == header }
    return try await client.send(request)
  }
}

/// The connection is to end without an answer.
struct BrokenOff: Error {}

extension Response {
  fileprivate init(_ response: HTTPResponse) {
    self.init(
      status: response.status, headers: response.headers.map { ($0.name, $0.value) }, body: .bytes(response.body))
  }

  /// A head, and then the end of the connection: no client takes that for an answer.
  fileprivate static let brokenOff = Response(status: 200, body: .stream { _ in throw BrokenOff() })
}
