import Testing

@Suite struct `The size of a head` {
  private func refused(_ raw: String) throws -> Int? {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(raw)
    let status = client.reply()?.status
    #expect(status == 200 || client.isClosed)
    return status
  }

  @Test func `may reach the limit of the request line and no more`() throws {
    let most = 8192 - "GET / HTTP/1.1\r\n".utf8.count
    let path = String(repeating: "a", count: most)
    #expect(try refused("GET /\(path) HTTP/1.1\r\nHost: h\r\n\r\n") == 200)
    #expect(try refused("GET /\(path)a HTTP/1.1\r\nHost: h\r\n\r\n") == 414)
    #expect(try refused("GET /\(path)aaaaaaaaaaaaaaaaaaaaaa") == 414)
  }

  @Test func `may reach the limit of header fields and no more`() throws {
    let fields = (0..<99).map { "X-\($0): y\r\n" }.joined()
    #expect(try refused("GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n") == 200)
    #expect(try refused("GET / HTTP/1.1\r\nHost: h\r\n\(fields)X: y\r\n\r\n") == 431)
  }

  @Test func `may reach the limit of header bytes and no more`() throws {
    let value = String(repeating: "v", count: 32 * 1024 - "Host: h\r\nX: \r\n\r\n".utf8.count)
    #expect(try refused("GET / HTTP/1.1\r\nHost: h\r\nX: \(value)\r\n\r\n") == 200)
    #expect(try refused("GET / HTTP/1.1\r\nHost: h\r\nX: \(value)v\r\n\r\n") == 431)
    #expect(try refused("GET / HTTP/1.1\r\nHost: h\r\nX: \(value)vvvvvvvvvvvvv") == 431)
  }
}

@Suite struct `How a request is cut into pieces` {
  private static let requests = [
    "GET /p/q?a=b HTTP/1.1\r\nHost: example:80\r\nT-A:  x y \r\nT-B:\r\nT-C: z\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nT-A: 1\r\n\r\nhello world",
    "PUT /x HTTP/1.1\r\nhost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;e\r\nhello\r\nA\r\n0123456789\r\n0\r\nT: x\r\n\r\n",
    "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET http://other/2 HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nT-A: a\r\n b\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nT-A:\r\n\tb\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\nT-A: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nT A: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : h\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\rX: a\r\n\r\n",
    "GET / HTTP/2.1\r\nHost: h\r\n\r\n", "GETT / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloo\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
  ]

  @Test(arguments: requests) func `makes no difference`(raw: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let bytes = Array(raw.utf8)
    let whole = answers(to: [bytes[...]], server)
    for cut in 1..<bytes.count {
      #expect(answers(to: [bytes[..<cut], bytes[cut...]], server) == whole, "cut at \(cut)")
    }
    #expect(answers(to: bytes.indices.map { bytes[$0...$0] }, server) == whole, "cut everywhere")
  }

  private func answers(to pieces: [ArraySlice<UInt8>], _ server: TestServer) -> [Reply] {
    let client = Client(server, unix: true)
    for piece in pieces {
      client.send(piece)
      server.settle()
    }
    client.endSending()
    var replies: [Reply] = []
    while let reply = client.reply() { replies.append(reply) }
    #expect(client.end == .orderly)
    return replies
  }
}
