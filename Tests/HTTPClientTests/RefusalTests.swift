import EventLoop
import HTTPClient
import LoopTesting
import Testing

@Suite struct `A request that is refused` {
  @Test(arguments: [
    "http://127.0.0.1:1/", "http://localhost/", "https://api.example.com/", "http://api.example.com:81/",
    "http://api.example.com.evil.test/", "http://[::1]/", "http://0x7f.1/",
  ])
  func `goes to an origin that is not allowed`(url: String) async throws {
    try await withLoop { loop in
      let client = try HTTPClient(loop: loop, allowedOrigins: ["http://API.example.com"])
      defer { client.close() }
      let error = try await failure(client, .init(url: url))
      #expect(error?.code == .notAllowed && error?.mayHaveArrived == false)
    }
  }

  @Test(arguments: [
    "", "/path", "ftp://example.com/", "file:///etc/passwd", "http://user:secret@example.com/", "http://exa mple.com/",
    "http://example.com/\r\nX: y", "http://bücher.example/", "example.com",
  ])
  func `has a URL that can't be used`(url: String) async throws {
    try await withLoop { loop in
      let client = try HTTPClient(loop: loop, allowedOrigins: nil)
      defer { client.close() }
      let error = try await failure(client, .init(url: url))
      #expect(error?.code == .badURL)
      #expect(error?.message.contains("secret") == false)
    }
  }

  @Test(arguments: [
    ("X-A", "1\r\nX-B: 2"), ("X-A", "1\n"), ("X-A", "1\u{0}"), ("X-A\r\nX-B", "2"), ("X A", "1"), ("", "1"),
    ("X-A:", "1"),
    ("Host", "elsewhere"), ("Content-Length", "1"), ("transfer-encoding", "chunked"),
  ])
  func `has a header that could change the message`(name: String, value: String) async throws {
    try await withServer({ _, stream in stream.answer("ok") }) { client, server, _ in
      let error = try await failure(client, .init(url: server.origin + "/", headers: [(name, value)]))
      #expect(error?.code == .badRequest)
      #expect(server.accepted == 0)
    }
  }

  @Test(arguments: ["GET / HTTP/1.1\r\nX: y", "", "CONNECT", "TRACE", "G T"])
  func `has a method that can't be sent`(method: String) async throws {
    try await withServer({ _, stream in stream.answer("ok") }) { client, server, _ in
      let error = try await failure(client, .init(method: method, url: server.origin + "/"))
      #expect(error?.code == .badRequest)
    }
  }

  @Test func `an allow-list with something else than origins`() async throws {
    try await withLoop { loop in
      let error = #expect(throws: HTTPClientError.self) { try HTTPClient(loop: loop, allowedOrigins: ["example.com"]) }
      #expect(error?.code == .badURL)
    }
  }
}
