import EventLoop
import HTTPClient
import Testing

@Suite struct `An exchange` {
  @Test func `GET brings status, headers and body`() async throws {
    try await withServer({ _, stream in stream.answer("hello", status: "418 Teapot", headers: "X-Kind:  Tea \r\n") }) {
      client, server, _ in
      let response = try await client.send(
        .init(url: server.origin + "/tea?sugar=2", headers: [("Accept", "a/b"), ("X-Empty", "")]))
      #expect(response.status == 418)
      #expect(response.header("x-KIND") == "Tea")
      #expect(response.body == Array("hello".utf8))
      #expect(server.requests.first?.line == "GET /tea?sugar=2 HTTP/1.1")
      #expect(server.requests.first?.head.contains("\r\nAccept: a/b") == true)
      #expect(server.requests.first?.head.contains("\r\nX-Empty:") == true)
    }
  }

  @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "GET"])
  func `a body is sent as it is`(method: String) async throws {
    try await withServer({ request, stream in stream.answer(String(decoding: request.body, as: UTF8.self)) }) {
      client, server, _ in
      let body = [UInt8](repeating: UInt8(ascii: "x"), count: 200_000)
      let response = try await client.send(.init(method: method, url: server.origin + "/", body: body))
      #expect(response.body == body)
      let head = try #require(server.requests.first).head.lowercased()
      #expect(server.requests.first?.line == "\(method) / HTTP/1.1")
      #expect(!head.contains("expect:") && !head.contains("content-type:"))
    }
  }

  @Test(arguments: [("POST", "content-length: 0"), ("DELETE", "delete"), ("HEAD", "head")])
  func `a request without a body`(method: String, sign: String) async throws {
    try await withServer({ request, stream in
      stream.answer(request.line.hasPrefix("HEAD") ? "" : "ok")
    }) { client, server, _ in
      let response = try await client.send(.init(method: method, url: server.origin + "/"))
      #expect(response.status == 200)
      #expect(server.requests.first?.head.lowercased().contains(sign) == true)
    }
  }

  @Test func `an interim response and trailers are no part of the answer`() async throws {
    try await withServer({ _, stream in
      let interim = "HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n"
      let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Real: 1\r\n\r\n"
      stream.write(Array("\(interim)\(head)2\r\nhi\r\n0\r\nX-Real: 2\r\n\r\n".utf8))
    }) { client, server, _ in
      let response = try await client.send(.init(url: server.origin + "/"))
      #expect(response.status == 200 && response.body == Array("hi".utf8))
      #expect(response.header("link") == nil)
      #expect(response.headers.filter { $0.name == "x-real" }.map(\.value) == ["1"])
    }
  }

  @Test func `a connection is used again`() async throws {
    try await withServer({ _, stream in stream.answer("ok") }) { client, server, _ in
      for _ in 1...5 { _ = try await client.send(.init(url: server.origin + "/")) }
      #expect(server.accepted == 1)
    }
  }

  @Test func `many at once share a bounded number of connections`() async throws {
    try await withServer({ _, stream in stream.answer("ok") }) { client, server, _ in
      let url = server.origin + "/"
      let good = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<64 { group.addTask { try await client.send(.init(url: url)).status } }
        return try await group.reduce(0) { $0 + ($1 == 200 ? 1 : 0) }
      }
      #expect(good == 64)
      #expect(server.accepted <= 32)
    }
  }

  @Test func `a redirect is an answer like any other`() async throws {
    try await withServer({ _, stream in stream.answer("", status: "302 Found", headers: "Location: /other\r\n") }) {
      client, server, _ in
      let response = try await client.send(.init(url: server.origin + "/"))
      #expect(response.status == 302 && response.header("location") == "/other")
      #expect(server.requests.count == 1)
    }
  }
}
