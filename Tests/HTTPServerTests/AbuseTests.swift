import HTTPServer
import Testing

@Suite struct `A request hidden in another` {
  private static let hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n"

  @Test(arguments: [
    "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-encoding: cow\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding:\u{b}chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n",
    "X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "\u{0}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "Content-Length: 0\r\nContent-Length: 35\r\n\r\n",
    "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
    "Content-Length: 0, 35\r\n\r\n",
    "Content-Length: 0;35\r\n\r\n",
    "Content-Length : 0\r\n\r\n",
    "Content-Length: 0x0\r\n\r\n",
    "Content-Length: -0\r\n\r\n",
    "Content-Length: +0\r\n\r\n",
    "Content-Length: 0.0\r\n\r\n",
    "Content-Length: 1e1\r\n\r\n",
    "Content-Length: \u{0}0\r\n\r\n",
    "Content-Length: 0\u{b}\r\n\r\n",
    "Content-Length: 18446744073709551616\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n0\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n-0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n0\u{0}\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n0;\n\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n1\r\na0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n",
    "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\n\r\n",
  ])
  func `is never looked at, and the connection ends`(framing: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    let text = "POST / HTTP/1.1\r\nHost: h\r\n\(framing)\(Self.hidden)"
    client.send(text.unicodeScalars.map { UInt8($0.value) })
    let reply = try #require(client.reply())
    #expect(reply.status >= 400 && reply["connection"] == "close")
    #expect(client.isClosed)
    #expect(server.requests <= 1)
  }

  @Test(arguments: [
    "Content-Length: 35\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n23;a=\"\\r\\n0\"\r\n",
    "Transfer-Encoding: chunked\r\n\r\n00000000000023\r\n",
  ]) func `is the body of that one where the framing says so`(framing: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    let end = framing.hasPrefix("T") ? "\r\n0\r\n\r\n" : ""
    let body = Self.hidden.padding(to: 35)
    client.send("POST / HTTP/1.1\r\nHost: h\r\n\(framing)\(body)\(end)")
    #expect(client.reply()?.text == body)
    #expect(client.get("/")?.status == 200 && server.requests == 2)
  }

  @Test func `behind an HTTP/2 preface, a hello of TLS or an upgrade to another protocol gets no answer of its own`()
    throws
  {
    let hello: [UInt8] = [0x16, 3, 1, 0, 0x2F, 1, 0, 0, 0x2B, 3, 3] + [UInt8](repeating: 7, count: 41)
    for start in [Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8), hello] {
      let server = try TestServer()
      defer { server.stop() }
      let client = Client(server)
      client.send(start + Array(Self.hidden.utf8))
      #expect([400, 505].contains(client.reply()?.status))
      #expect(client.isClosed && server.requests == 0)
    }
  }
}

@Suite struct `A wish to speak another protocol` {
  /// A masked text frame of a WebSocket.
  private static let frame: [UInt8] = [0x81, 0x85, 1, 2, 3, 4, 105, 103, 111, 104, 110]

  @Test(arguments: [
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
    "Connection: upgrade\r\nUpgrade: TLS/1.0\r\n",
  ]) func `is passed over, and what follows is taken for a request`(upgrade: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(Array("GET /?1 HTTP/1.1\r\nHost: h\r\n\(upgrade)\r\n".utf8) + Self.frame)
    let reply = try #require(client.reply())
    #expect(reply.status == 200 && reply["x-query"] == "1" && reply["upgrade"] == nil)
    #expect(client.reply()?.status == 400)
    #expect(client.isClosed && server.requests == 1)
  }
}

@Suite struct `A flood` {
  struct Endless: Sendable {
    var start = ""
    var again: String
    var status: Int
  }

  private static let head = "GET / HTTP/1.1\r\nHost: h\r\n"
  private static let chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
  private static let floods: [Endless] = [
    Endless(again: "\r\n", status: 414), Endless(again: "A", status: 501),
    Endless(start: "GET /", again: "a", status: 414),
    Endless(start: "GET /?", again: "a=b&", status: 414), Endless(start: head, again: "X: y\r\n", status: 431),
    Endless(start: head, again: "X:\r\n", status: 431), Endless(start: head, again: "x", status: 431),
    Endless(start: "\(head)X: ", again: "y", status: 431), Endless(start: "\(head)X: ", again: " ", status: 431),
    Endless(start: "\(chunked)1;", again: "x", status: 431),
    Endless(start: chunked, again: "1;extension\r\na\r\n", status: 431),
    Endless(start: "\(chunked)0\r\n", again: "X: y\r\n", status: 431),
  ]

  @Test(arguments: floods) func `of what never ends is refused at its limit`(flood: Endless) throws {
    var limits = Limits.quick
    limits.linger = .seconds(10)
    let server = try TestServer(limits)
    defer { server.stop() }
    let client = Client(server)
    client.send(flood.start + String(repeating: flood.again, count: 96 * 1024 / flood.again.utf8.count))
    #expect(client.reply()?.status == flood.status)
    #expect(client.isClosed)
  }
}

@Suite struct `Clients that trickle` {
  @Test func `by the hundred keep nobody out, and are all cut`() throws {
    var limits = Limits.quick
    limits.headerTime = .milliseconds(300)
    let server = try TestServer(limits)
    defer { server.stop() }
    let slow = (0..<500).map { _ in Client(server, unix: true) }
    for client in slow { client.send("GET / HTTP/1.1\r\nHost: h\r\nX: ") }
    #expect(Client(server).get("/")?.status == 200)
    #expect(slow.allSatisfy { $0.reply()?.status == 408 && $0.isClosed })
    #expect(eventually { server.openConnections == 0 })
  }
}

extension String {
  fileprivate func padding(to count: Int) -> String { self + String(repeating: " ", count: count - utf8.count) }
}
