import Testing

@Suite struct `A connection` {
  @Test(arguments: ["/", "/later", "/slow", "/elsewhere"])
  func `is kept for the next request, however the handler answers`(path: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    for _ in 0..<3 { #expect(client.get(path)?.status == 200) }
    #expect(server.openConnections == 1)
    #expect(server.requests == 3)
  }

  @Test(arguments: [
    ("1.1", "", true), ("1.1", "Connection: close\r\n", false), ("1.1", "Connection: foo, Close\r\n", false),
    ("1.0", "", false), ("1.0", "Connection: keep-alive\r\n", true), ("1.0", "Connection: close\r\n", false),
  ])
  func `is kept or closed as the version and the client say`(version: String, header: String, kept: Bool) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send("GET / HTTP/\(version)\r\nHost: h\r\n\(header)\r\n")
    let reply = try #require(client.reply())
    #expect(reply.status == 200)
    #expect(reply["connection"] == (kept ? (version == "1.0" ? "keep-alive" : nil) : "close"))
    if kept { #expect(client.get("/")?.status == 200) } else { #expect(client.isClosed) }
  }

  @Test(arguments: ["/", "/later", "/slow", "/elsewhere"])
  func `answers fifty pipelined requests in order`(path: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send((0..<50).map { "GET \(path)?\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
    for number in 0..<50 { #expect(client.reply()?["x-query"] == "\(number)") }
  }

  @Test func `holds back a client that sends far ahead, and answers it all`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    let padding = String(repeating: "p", count: 4000)
    Thread {
      client.send(
        (0..<300).map { "POST /later?\($0) HTTP/1.1\r\nHost: h\r\nContent-Length: 4000\r\n\r\n\(padding)" }.joined())
    }
    .start()
    for number in 0..<300 {
      let reply = client.reply()
      #expect(reply?["x-query"] == "\(number)")
      #expect(reply?.body.count == 4000)
    }
  }

  @Test func `ends after a request that says so, whatever follows it`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send("GET /?1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\nGET /?2 HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.reply()?["x-query"] == "1")
    #expect(client.isClosed)
  }

  @Test func `whose client has ended its side still gets its answers`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send("GET /slow?1 HTTP/1.1\r\nHost: h\r\n\r\nGET /slow?2 HTTP/1.1\r\nHost: h\r\n\r\n")
    client.endSending()
    #expect(client.reply()?["x-query"] == "1")
    #expect(client.reply()?["x-query"] == "2")
    #expect(client.isClosed)
    #expect(eventually { server.openConnections == 0 })
  }

  @Test(arguments: 1...8) func `whose client has ended its side amid a request gets the answers before it`(count: Int)
    throws
  {
    let server = try TestServer()
    defer { server.stop() }
    for path in ["/big?60000", "/slow?60000"] {
      let client = Client(server, unix: true)
      client.send((0..<count).map { _ in "GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined() + "GET / HT")
      client.endSending()
      #expect(
        eventually {
          server.settle()
          return server.requests >= 1
        })
      for _ in 0..<count { #expect(client.reply()?.status == 200) }
      #expect(client.isClosed)
    }
  }

  @Test func `asking for an upgrade is an ordinary one`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
    client.send(
      "GET /?1 HTTP/1.1\r\nHost: h\r\n\(upgrade)\r\nPOST /?2 HTTP/1.1\r\nHost: h\r\n\(upgrade)Content-Length: 2\r\n\r\nhi"
    )
    #expect(client.reply()?["x-query"] == "1")
    #expect(client.reply()?.text == "hi")
    #expect(client.get("/")?.status == 200)
  }

  @Test func `may come over a Unix socket, and the tag says over which listener`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let tcp = Client(server).get("/")
    let unix = Client(server, unix: true).get("/")
    #expect(tcp?["x-tag"] == "1" && tcp?["x-peer"] == "some")
    #expect(unix?["x-tag"] == "2" && unix?["x-peer"] == "none")
  }
}
