import HTTPServer
import Synchronization
import Testing

@Suite struct `A response` {
  @Test func `to HEAD has the headers of the body that it leaves out`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send("HEAD /big?1234 HTTP/1.1\r\nHost: h\r\n\r\nHEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.reply(toHead: true)?["content-length"] == "1234")
    #expect(client.reply(toHead: true)?["transfer-encoding"] == "chunked")
    #expect(client.get("/")?.text == "")
    client.send("HEAD / HTTP/1.1\r\nHost: h\r\nExpect: x\r\n\r\n")
    #expect(client.reply(toHead: true)?.status == 417)
    #expect(client.isClosed)
  }

  @Test(arguments: [204, 304]) func `whose status has no body is sent without`(status: Int) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    let reply = try #require(client.get("/status?\(status)"))
    #expect(reply.status == status && reply["content-length"] == nil)
    #expect(client.get("/")?.status == 200)
  }

  @Test(arguments: ["/inject", "/inject-name", "/status?0", "/status?101", "/status?999"])
  func `that would break the protocol becomes a 500 and is never sent`(path: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    let reply = try #require(client.get(path))
    #expect(reply.status == 500 && reply.text.contains("internal_error"))
    #expect(reply["x-a"] == nil && reply["x-b"] == nil)
    #expect(client.get("/")?.status == 200)
  }

  @Test func `is framed by the server alone, and dated`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let reply = try #require(Client(server).get("/framing"))
    #expect(reply.text == "ok")
    #expect(reply.headers.map(\.0) == ["date", "content-length"])
    #expect(try #require(reply["date"]).wholeMatch(of: /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/) != nil)
  }

  @Test func `counts once`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    #expect(client.get("/twice")?.status == 200)
    #expect(client.get("/?next")?["x-query"] == "next")
  }

  @Test func `that nobody gives is a 500`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    #expect(client.get("/drop")?.status == 500)
    #expect(client.get("/")?.status == 200)
  }

  @Test(arguments: [65_536, 65_537, 5_000_000]) func `of any size arrives whole`(size: Int) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send((0..<3).map { _ in "GET /big?\(size) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
    for _ in 0..<3 { #expect(client.reply()?.body.count == size) }
    #expect(client.get("/")?.status == 200)
  }
}

@Suite struct `A streamed response` {
  @Test func `comes in chunks and leaves the connection open`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    let reply = try #require(client.get("/stream?100"))
    #expect(reply["transfer-encoding"] == "chunked" && reply.body.count == 100 * 32 * 1024)
    #expect(client.get("/stream?0")?.body == [])
    #expect(client.get("/")?.status == 200)
  }

  @Test func `to HTTP/1.0 ends with the connection`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send("GET /stream?3 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    let reply = try #require(client.reply())
    #expect(reply["transfer-encoding"] == nil && reply["connection"] == "close")
    #expect(reply.body.count == 3 * 32 * 1024)
  }

  @Test func `waits for a slow reader`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server, unix: true)
    client.send("GET /stream?200 HTTP/1.1\r\nHost: h\r\n\r\n")
    var before = -1
    #expect(
      eventually {
        for _ in 0..<10 { server.settle() }
        defer { before = server.streamed.withLock { $0 } }
        return before > 0 && before == server.streamed.withLock { $0 }
      })
    #expect(before < 2_000_000)
    #expect(client.reply()?.body.count == 200 * 32 * 1024)
  }

  @Test func `whose client goes away is told so`() throws {
    let server = try TestServer()
    defer { server.stop() }
    var client: Client? = Client(server)
    client?.send("GET /endless HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(eventually { server.streamed.withLock { $0 } > 0 })
    client = nil
    #expect(eventually { server.cutStreams.withLock { $0 } == 1 && server.openConnections == 0 })
  }

  @Test func `that fails is cut short, for the client to see`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send("GET /broken?3 HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.reply() == nil)
    #expect(client.end != nil)
  }
}
