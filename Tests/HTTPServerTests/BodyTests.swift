import HTTPServer
import Testing

@Suite struct `A request body` {
  private func post(_ rest: String, to path: String = "/") -> String { "POST \(path) HTTP/1.1\r\nHost: h\r\n\(rest)" }

  @Test(arguments: [
    ("Content-Length: 5\r\n\r\nhello", "hello"),
    ("Content-Length: 0\r\n\r\n", ""),
    ("\r\n", ""),
    ("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", ""),
    ("Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n00A\r\n0123456789\r\n0\r\n\r\n", "hello0123456789"),
    ("Transfer-Encoding: chunked\r\n\r\n5;a=b;c=\"d\"\r\nhello\r\n0 ;x\r\n\r\n", "hello"),
    ("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nHost: evil\r\nX: y\r\n\r\n", "hello"),
  ])
  func `arrives whole, and the connection goes on after it`(rest: String, body: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(post(rest))
    let reply = try #require(client.reply())
    #expect(reply.status == 200 && reply.text == body && reply["x-host"] == "h")
    #expect(client.get("/")?.status == 200)
  }

  @Test(arguments: [
    ("Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400),
    ("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
    ("Content-Length: 5, 5\r\n\r\nhello", 400),
    ("Content-Length: +5\r\n\r\nhello", 400),
    ("Content-Length: -5\r\n\r\nhello", 400),
    ("Content-Length: 0x5\r\n\r\nhello", 400),
    ("Content-Length: 5 5\r\n\r\nhello", 400),
    ("Content-Length:\r\n\r\n", 400),
    ("Content-Length: 99999999999999999999999\r\n\r\n", 400),
    ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
    ("Transfer-Encoding: gzip\r\n\r\n", 501),
    ("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
    ("Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 501),
    ("Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 501),
    ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501),
    ("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
    ("Transfer-Encoding: identity\r\n\r\n", 501),
    ("Transfer-Encoding:\r\n\r\n0\r\n\r\n", 501),
    ("Transfer-Encoding: chunked\r\n\r\nx\r\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\n\r\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\n0\r\n\r\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\n5;a\nb\r\nhello\r\n0\r\n\r\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n z\r\n\r\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\n0000000000000005\r\nhello\r\n0\r\n\r\n", 400),
    ("Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n", 413),
  ])
  func `whose end is in doubt is refused and the connection closed`(rest: String, status: Int) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(post(rest))
    #expect(client.reply()?.status == status)
    #expect(client.isClosed)
  }

  @Test func `in chunks is no part of HTTP/1.0`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    #expect(client.reply()?.status == 400)
    #expect(client.isClosed)
  }

  @Test(arguments: [
    "Content-Length: 11\r\n\r\n", "Content-Length: 11\r\nExpect: 100-continue\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n5\r\n", "Transfer-Encoding: chunked\r\n\r\nb\r\n",
  ])
  func `over the limit is refused before it has come in`(rest: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(post(rest, to: "/small"))
    let reply = try #require(client.reply())
    #expect(reply.status == 413 && reply.text.contains("body_too_large"))
    #expect(client.isClosed)
  }

  @Test(arguments: [
    "Content-Length: 10\r\n\r\n0123456789", "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n",
  ])
  func `of just the limit is taken`(rest: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(post(rest, to: "/small"))
    #expect(client.reply()?.text == "0123456789")
  }

  @Test func `is asked for only once its head has been accepted`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(post("Content-Length: 2\r\nExpect: 100-Continue\r\n\r\n"))
    #expect(client.reply()?.status == 100)
    client.send("hi")
    #expect(client.reply()?.text == "hi")
    client.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n\r\n", to: "/missing"))
    #expect(client.reply()?.status == 404)
    #expect(client.isClosed)
  }

  @Test func `that nobody wants is not read, and without one the connection is kept`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    #expect(client.get("/missing")?.status == 404)
    client.send(post("Content-Length: 100000\r\n\r\n", to: "/missing"))
    #expect(client.reply()?.text == "no such thing")
    client.send([UInt8](repeating: 0, count: 100_000))
    #expect(client.isClosed)
  }

  @Test(arguments: [
    "5;" + String(repeating: "x", count: 40_000), "0\r\n" + String(repeating: "a: b\r\n", count: 8_000),
  ])
  func `with endless extensions or trailers is refused`(chunk: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(post("Transfer-Encoding: chunked\r\n\r\n\(chunk)"))
    #expect(client.reply()?.status == 431)
    #expect(client.isClosed)
  }

  @Test func `of a megabyte comes back as it went`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    let body = (0..<1024 * 1024).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    Thread { client.send(Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body) }
      .start()
    #expect(client.reply()?.body == body)
    #expect(client.get("/")?.status == 200)
  }
}
