import COpenSSL
import EventLoop
import HTTPServer
import Synchronization
import TLS
import Testing

@Suite struct `Over TLS` {
  @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
  func `requests are answered one after the other`(version: Int32) throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    let client = SecureClient(port: server.port, .init(version: version, protocols: ["h2", "http/1.1"]))
    #expect(client.chosenProtocol == "http/1.1")
    for _ in 0..<3 {
      #expect(client.get("/later")?.head.hasPrefix("HTTP/1.1 200") == true)
    }
    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    #expect(client.reply() != nil && client.reply() != nil)
    #expect(client.isClosed)
  }

  @Test(arguments: [0, 16_384, 65_537, 3_000_000]) func `an answer of any size arrives whole`(size: Int) throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    let client = SecureClient(port: server.port)
    #expect(client.get("/big?\(size)")?.body == [UInt8](repeating: 97, count: size))
    let body = String(repeating: "b", count: 100_000)
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    #expect(client.reply()?.body == Array(body.utf8))
  }

  @Test func `a client that offers only older versions, or only other protocols, is refused`() throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    #expect(!SecureClient(port: server.port, .init(version: TLS1_1_VERSION)).isOpen)
    #expect(!SecureClient(port: server.port, .init(protocols: ["h2"])).isOpen)
    #expect(SecureClient(port: server.port).chosenProtocol == "")
    #expect(eventually { server.openConnections == 0 })
  }

  @Test func `nothing is agreed on anew or taken up again`() throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    let client = SecureClient(port: server.port, .init(version: TLS1_2_VERSION))
    #expect(client.get("/") != nil)
    #expect(SSL_SESSION_has_ticket(SSL_get_session(client.session)) == 0)
    #expect(SSL_renegotiate(client.session) != 1 || SSL_do_handshake(client.session) != 1)
  }

  @Test func `an idle connection is told that it ends`() throws {
    var limits = Limits.quick
    limits.idle = .milliseconds(60)
    let server = try TestServer.overTLS(limits)
    defer { server.stop() }
    let client = SecureClient(port: server.port)
    #expect(client.get("/") != nil)
    #expect(client.isClosed)
  }

  @Test func `a new certificate is for new connections`() throws {
    let certificates = try Certificates()
    let server = try TestServer.overTLS(certificates: certificates)
    defer { server.stop() }
    let before = SecureClient(port: server.port)
    #expect(before.server == "one")
    try certificates.make("two")
    let context = try certificates.context("two")
    server.onLoop { $0.server.secure(tag: 1, with: context) }
    #expect(SecureClient(port: server.port).server == "two")
    #expect(before.get("/") != nil)
  }

  @Test func `a draining server answers what it owes and tells that it ends, and hands nothing over`() throws {
    let server = try TestServer.overTLS()
    defer { server.stop() }
    let (idle, busy, fresh) = (
      SecureClient(port: server.port), SecureClient(port: server.port), SecureClient(port: server.port)
    )
    #expect(idle.get("/") != nil)
    busy.send("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(eventually { server.held.withLock { $0.count } == 1 && server.openConnections == 3 })
    let drained = Gate()
    _ = server.onLoop { server in
      Task(executorPreference: server.loop) {
        await server.server.drain(within: .seconds(20)) { _, _ in true }
        drained.open()
      }
    }
    #expect(idle.isClosed)
    server.onLoop { server in
      for responder in server.held.withLock({ $0 }) { responder.respond(Response(body: .bytes([65]))) }
    }
    #expect(busy.reply()?.head.contains("Connection: close\r\n") == true && busy.isClosed)
    #expect(fresh.get("/")?.head.contains("Connection: close\r\n") == true && fresh.isClosed)
    drained.wait()
    #expect(server.onLoop { $0.server.handedOver } == 0)
  }
}
