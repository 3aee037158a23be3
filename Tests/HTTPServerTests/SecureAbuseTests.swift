import COpenSSL
import Glibc
import HTTPServer
import Testing

@Suite struct `Abuse of a port that speaks TLS` {
  @Test(arguments: ["", "\u{16}\u{3}\u{1}\u{1}", "GET / HTTP/1.1\r\nHost: h\r\n\r\n"])
  func `by who does not shake hands is cut, soon`(start: String) throws {
    var limits = Limits.quick
    limits.headerTime = .milliseconds(60)
    let server = try TestServer.overTLS(limits)
    defer { server.stop() }
    let client = Client(port: server.port)
    client.send(start)
    #expect(!String(decoding: client.readToEnd(), as: UTF8.self).contains("HTTP"))
    #expect(eventually { server.openConnections == 0 } && server.requests == 0)
  }

  @Test func `by a client that keeps changing its keys is cut`() throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    let client = SecureClient(port: server.port, .init(version: TLS1_3_VERSION))
    #expect(client.get("/") != nil)
    for _ in 0..<2000 {
      guard SSL_key_update(client.session, SSL_KEY_UPDATE_REQUESTED) == 1, SSL_do_handshake(client.session) == 1 else {
        break
      }
    }
    withExtendedLifetime(client) { #expect(eventually { server.openConnections == 0 }) }
  }

  private static let strays: [[UInt8]] = [
    [0x80, 0x2E, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10], [0x17, 3, 3, 0, 2, 1, 1], [0x15, 3, 1, 0, 2, 2, 40],
    [0x16, 3, 1, 0xFF, 0xFF, 1, 1, 1], [0x16, 3, 1, 0, 0], [0x16, 3, 1, 0, 4, 1, 0xFF, 0xFF, 0xFF],
    [0x14, 3, 3, 0, 1, 1], [0, 0, 0, 0, 0, 0, 0],
  ]

  @Test(arguments: strays) func `by records out of place gets no answer of HTTP`(bytes: [UInt8]) throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    let client = Client(port: server.port)
    client.send(bytes)
    client.endSending()
    #expect(!String(decoding: client.readToEnd(), as: UTF8.self).contains("HTTP"))
    #expect(eventually { server.openConnections == 0 } && server.requests == 0)
  }

  @Test(arguments: 0..<2) func `by a hello with bytes that were changed leaves the server as it was`(seed: Int) throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    var dice = Dice(state: UInt64(seed))
    let hello = SecureClient.hello()
    for _ in 0..<500 {
      var bytes = hello
      for _ in 0..<Int.random(in: 1...4, using: &dice) {
        bytes[Int.random(in: bytes.indices, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
      }
      let client = Client(port: server.port)
      client.send(bytes)
      client.endSending()
      _ = client.readToEnd()
    }
    #expect(eventually { server.openConnections == 0 } && server.requests == 0)
    #expect(SecureClient(port: server.port).get("/") != nil)
  }

  @Test func `by a hello that trickles in is cut`() throws {
    var limits = Limits.quick
    limits.headerTime = .milliseconds(60)
    let server = try TestServer.overTLS(limits)
    defer { server.stop() }
    let client = Client(port: server.port)
    Thread {
      for byte in SecureClient.hello().dropLast() {
        client.send([byte])
        usleep(5000)
      }
    }
    .start()
    #expect(client.readToEnd() == [])
    #expect(eventually { server.openConnections == 0 } && server.requests == 0)
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: h\r\nX: ", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
  ]) func `by a request that never ends is told so`(start: String) throws {
    var limits = Limits.quick
    (limits.headerTime, limits.bodyTime) = (.milliseconds(60), .milliseconds(60))
    let server = try TestServer.overTLS(limits)
    defer { server.stop() }
    let client = SecureClient(port: server.port)
    client.send(start)
    #expect(client.reply()?.head.hasPrefix("HTTP/1.1 408") == true)
    #expect(client.isClosed)
  }

  @Test func `by a client that does not read is cut`() throws {
    var limits = Limits.quick
    limits.writeStall = .milliseconds(100)
    let server = try TestServer.overTLS(limits)
    defer { server.stop() }
    let client = SecureClient(port: server.port)
    client.send("GET /endless HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(eventually { server.requests == 1 })
    withExtendedLifetime(client) { #expect(eventually { server.openConnections == 0 }) }
  }

  @Test func `by a record for each byte changes nothing`() throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    let client = SecureClient(port: server.port)
    for character in "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi" { client.send("\(character)") }
    #expect(client.reply()?.body == Array("hi".utf8))
  }

  @Test func `by a request hidden in another is refused as without TLS`() throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    let client = SecureClient(port: server.port)
    let framing = "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    client.send("POST / HTTP/1.1\r\nHost: h\r\n\(framing)GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.reply()?.head.hasPrefix("HTTP/1.1 400") == true)
    #expect(client.isClosed && server.requests == 0)
  }
}
