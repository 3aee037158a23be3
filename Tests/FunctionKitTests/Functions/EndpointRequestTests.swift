import FunctionKit
import Testing

@Suite struct EndpointRequestTests {
  private struct Echo: Endpoint {
    struct Input: Decodable {
      var id: String
      var limit: Int?
    }

    func handle(_ input: Input, context: Context) async throws -> String { "\(input.id) \(input.limit ?? 0)" }
  }

  @Test func `path and query are enough where there is no body`() async throws {
    let reply = try await call(EndpointRequest(path: [("id", "a")], query: [("limit", "5")]))
    #expect(reply == #"{"success":true,"data":"a 5"}"#)
  }

  @Test func `path comes before body, and body before query`() async throws {
    let body = Array(#"{"id": "b", "limit": 7}"#.utf8)
    let reply = try await call(EndpointRequest(path: [("id", "a")], query: [("limit", "5")], body: body))
    #expect(reply == #"{"success":true,"data":"a 7"}"#)
  }

  @Test(arguments: [("null", 422), ("[]", 422), ("{", 400), (" ", 400)])
  func `a body that is there must be an object`(body: String, status: Int) async {
    let problem = await #expect(throws: Problem.self) {
      try await call(EndpointRequest(path: [("id", "a")], body: Array(body.utf8)))
    }
    #expect(problem?.status == status)
  }

  private func call(_ request: EndpointRequest) async throws -> String {
    guard case .endpoint(let invoke) = Registered.endpoint(Echo.self).invoke else { return "" }
    let reply = try await invoke(request, Context(host: NoHost(), requestID: "test"))
    return String(decoding: reply.body, as: UTF8.self)
  }
}

/// A host for functions that touch nothing.
private struct NoHost: InvocationHost {
  struct Unavailable: Error {}

  let now = Instant(seconds: 0)
  func random() -> UInt64 { 0 }
  var session: any DatabaseSession { NoSession() }
  func begin() async throws -> any DatabaseSession { NoSession() }
  var trace: Trace { Trace(random: (1, 2, 3)) }
  func header(_ name: String) -> String? { nil }
  func send(_ request: UpstreamRequest) async throws -> UpstreamResponse { throw Unavailable() }
  func call(_ request: ServiceRequest) async throws -> RawReply { throw Unavailable() }
  func noteOwnership() {}
  func log(_ level: Log.Level, _ message: String) {}
  func secret(_ name: String) throws -> String { throw Unavailable() }
  func setting(_ name: String) throws -> String { throw Unavailable() }
  func seal(_ plain: [UInt8], with secret: String, for place: String) throws -> [UInt8] { throw Unavailable() }
  func open(_ sealed: [UInt8], with secret: String, for place: String) throws -> [UInt8] { throw Unavailable() }
  func fingerprint(_ text: [UInt8], with secret: String) throws -> [UInt8] { throw Unavailable() }
  func sign(_ message: [UInt8], with secret: String, as signing: Signing) throws -> [UInt8] { throw Unavailable() }
  func baseURL(of upstream: String) throws -> String { throw Unavailable() }
  func offload(_ work: @escaping @Sendable () -> Void) async throws { work() }
}

private struct NoSession: DatabaseSession {
  let isOpen = false
  func run(_ statement: SQL) async throws -> QueryResult { QueryResult(rows: [], affected: 0) }
  func emit(_ event: EmittedEvent) async throws {}
  func commit() async throws {}
  func rollback() async {}
}
