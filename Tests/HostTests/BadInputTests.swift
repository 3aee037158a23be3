import FaultTesting
import Foundation
import FunctionKit
import Testing

/// What strangers and bad luck send.
@Suite(.serialized) struct `Bad input` {
  private func host() throws -> RunningHost { try SharedHost.running.get() }

  @Test(arguments: [nil, "", "wrong", "lakoo-development-xendit-token-012345678"])
  func `a webhook without the right token is refused`(token: String?) throws {
    let headers = token.map { ["x-callback-token": $0] } ?? [:]
    let reply = try HTTP.send(
      host().port(.gateway), "POST", "/webhooks/xendit/invoice", headers: headers, body: #"{"id":"x"}"#)
    #expect(reply.status == 401)
    #expect(reply.json["code"]?.string == "unauthenticated")
  }

  @Test func `malformed JSON is refused with its position`() throws {
    let headers = HTTP.service.merging(["idempotency-key": "bad-json"]) { $1 }
    let reply = try HTTP.send(host().port(.payment), "POST", "/create", headers: headers, body: "{\"orders\": [,]}")
    #expect(reply.status == 400)
    #expect(reply.json["code"]?.string == "invalid_json")
    #expect(reply.json["detail"]?.string?.contains("line 1, column 13") == true, "\(reply.text)")
  }

  @Test func `every failing field is named`() throws {
    let headers = HTTP.service.merging(["idempotency-key": "bad-fields"]) { $1 }
    let reply = try HTTP.send(
      host().port(.payment), "POST", "/create", headers: headers, body: #"{"userId":"nobody","orders":[]}"#)
    #expect(reply.status == 422)
    let fields = reply.json["details"]?.array?.compactMap { $0["field"]?.string } ?? []
    #expect(fields.contains("userId") && fields.contains("customer"), "\(reply.text)")
  }

  @Test func `a missing key, a wrong key and a stranger's trust headers are refused`() throws {
    let port = try host().port(.payment)
    #expect(try HTTP.send(port, "POST", "/create", body: "{}").status == 401)
    #expect(try HTTP.send(port, "POST", "/create", headers: ["x-internal-api-key": "guess"], body: "{}").status == 401)
    #expect(
      try HTTP.get(
        host().port(.notification), "/notifications", headers: ["x-user-id": `From a clone to a paid invoice`.payer]
      ).status == 401)
    let forged = HTTP.user(`From a clone to a paid invoice`.payer)
    #expect(try HTTP.get(host().port(.gateway), "/notifications", headers: forged).status == 401)
  }

  @Test func `what only services may call is not on the gateway`() throws {
    #expect(try HTTP.send(host().port(.gateway), "POST", "/create", headers: HTTP.service, body: "{}").status == 404)
  }

  @Test func `a body over the limit is refused`() throws {
    let headers = HTTP.service.merging(["idempotency-key": "big"]) { $1 }
    let body = "\"" + String(repeating: "x", count: 2 * 1024 * 1024) + "\""
    let reply = try HTTP.send(host().port(.payment), "POST", "/create", headers: headers, body: body)
    #expect(reply.status == 413)
    #expect(reply.json["code"]?.string == "body_too_large")
  }

  @Test func `a header of 100 KB is refused`() throws {
    let reply = try HTTP.get(
      host().port(.gateway), "/provinces", headers: ["x-long": String(repeating: "x", count: 100_000)])
    #expect(reply.status == 431)
  }

  @Test func `the wrong content type, method and path are refused`() throws {
    let port = try host().port(.payment)
    let headers = HTTP.service.merging(["content-type": "text/plain"]) { $1 }
    #expect(try HTTP.send(port, "POST", "/create", headers: headers, body: "{}").status == 415)
    let wrong = try HTTP.send(port, "DELETE", "/create", headers: HTTP.service)
    #expect(wrong.status == 405 && wrong.headers["allow"] == "POST")
    #expect(try HTTP.get(port, "/no/such/path").json["code"]?.string == "not_found")
    #expect(try HTTP.get(port, "/payments/%zz", headers: HTTP.service).status == 400)
  }

  @Test func `2000 idle connections do not keep others out`() throws {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = min(limit.rlim_max, 8192)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let port = try host().port(.gateway)
    let idle = try (0..<2000).map { _ in try HTTP.connect(port) }
    defer { for socket in idle { close(socket) } }
    #expect(try HTTP.get(port, "/postal-codes/10310").status == 200)
  }

  @Test func `half a request and silence is cut off`() throws {
    let socket = try HTTP.connect(host().port(.gateway))
    defer { close(socket) }
    let half = Array("GET /provinces HTTP/1.1\r\nhost: loc".utf8)
    _ = half.withUnsafeBytes { send(socket, $0.baseAddress!, half.count, 0) }
    let reply = try HTTP.parse(HTTP.readAll(socket))
    #expect(reply.status == 408)
  }

  @Test(arguments: [
    "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "Content-Length: 0\r\nContent-Length: 44\r\n\r\n",
    "X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n0\n\r\n",
  ]) func `a request hidden in another gets no answer of its own`(framing: String) throws {
    let socket = try HTTP.connect(host().port(.gateway))
    defer { close(socket) }
    let hidden = "GET /provinces HTTP/1.1\r\nHost: h\r\n\r\n"
    let text = Array("POST /webhooks/xendit/invoice HTTP/1.1\r\nHost: h\r\n\(framing)\(hidden)".utf8)
    _ = text.withUnsafeBytes { send(socket, $0.baseAddress!, text.count, 0) }
    let answers = String(decoding: HTTP.readAll(socket), as: UTF8.self)
    #expect(answers.split(separator: "HTTP/1.1 ").count == 1, "\(answers)")
    #expect(try HTTP.parse(Array(answers.utf8)).status >= 400)
  }

  @Test func `a second host on the same port says which port and what moves it`() throws {
    let other = try RunningHost(environment: ["LAKOO_PORT_BASE": "\(host().portBase)"])
    defer { other.cleanUp() }
    let error = #expect(throws: TestFailure.self) { try other.start(expectingExit: true) }
    let text = error?.description ?? ""
    #expect(text.contains("gateway can't listen on port \(try host().port(.gateway))"))
    #expect(text.contains("ports.gateway in manifests/host.yaml") && text.contains("LAKOO_PORT_BASE"))
  }
}

/// One host for all tests that leave it as they found it.
enum SharedHost {
  static let running: Result<RunningHost, any Error> = Result {
    let host = try RunningHost()
    try host.start()
    atexit { SharedHost.cleanUp() }
    return host
  }

  private static func cleanUp() { (try? running.get())?.cleanUp() }
}
