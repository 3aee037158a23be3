import EventLoop
import FaultTesting
import Foundation
import HTTPServer
import LoopTesting
import Testing
import TokenTesting

/// A host whose auth service is elsewhere, and a bundle that has workers of its own.
@Suite(.serialized) struct `A host with an auth service` {
  private func token(_ session: String) -> [String: String] {
    let token = TestToken(at: Int64(Date().timeIntervalSince1970), session: session)
    return ["authorization": "Bearer \(token.signed("lakoo-development-jwt-secret-0123456789"))"]
  }

  @Test(arguments: [false, true])
  func `refuses the tokens of sessions that it says have ended, in every worker`(isDedicated: Bool) async throws {
    try await withLoop { loop in
      let auth = try AuthService(loop)
      let project = try ProjectCopy.ofCrashes()
      try project.replace("access: public", with: "access: user", in: "manifests/hello.yaml")
      if isDedicated { try project.giveOwnWorkers(to: "hello") }
      let host = try RunningHost(root: project.root, environment: ["AUTH_SERVICE_URL": auth.url])
      defer { host.cleanUp() }
      auth.end("before")
      try await onThread { try host.start() }
      func code(_ session: String) async throws -> String? {
        let headers = token(session)
        return try await onThread { try HTTP.get(host.port(.gateway), "/hello", headers: headers).code }
      }
      for _ in 0..<6 {
        #expect(try await code("before") == "session_revoked")
        #expect(try await code("later") == nil)
      }
      auth.end("later")
      var refusals = 0
      for _ in 0..<600 where refusals < 6 {
        refusals = try await code("later") == "session_revoked" ? refusals + 1 : 0
        try await loop.sleep(for: .milliseconds(50))
      }
      #expect(refusals == 6)
      #expect(try await code("other") == nil)
      #expect(auth.keys == ["lakoo-development-internal-key-0123456789"])
      await auth.close()
    }
  }
}

/// Runs what blocks on a thread of its own.
private func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    LoopTesting.Thread { continuation.resume(with: Swift.Result { try body() }) }.start()
  }
}

/// Says which sessions have ended, always all of them.
private final class AuthService: Sendable {
  private let state: LoopLocal<State>

  private struct State {
    var server: HTTPServer?
    var port = 0
    var sessions: [String] = []
    var keys: Set<String> = []
  }

  init(_ loop: EventLoop) throws {
    state = LoopLocal(loop, State())
    let server = HTTPServer(loop) { [state] request, responder in
      guard request.path == "/internal/sessions/revoked" else { return responder.respond(Response(status: 404)) }
      state.value.keys.insert(request.headers.first("x-internal-api-key") ?? "none")
      let data = #"{"asOf":"2026-01-31T09:30:00.000Z","sessions":\#(state.value.sessions),"users":[]}"#
      responder.respond(.json(Array(#"{"data":\#(data)}"#.utf8)))
    }
    if case .tcp(_, let port) = try server.listen(on: .tcp(host: "127.0.0.1", port: 0)) { state.value.port = port }
    state.value.server = server
  }

  var url: String { "http://127.0.0.1:\(state.value.port)" }
  var keys: Set<String> { state.value.keys }

  func end(_ session: String) { state.value.sessions.append(session) }

  func close() async { await state.value.server?.drain(within: .zero) }
}
