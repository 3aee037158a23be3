import EventLoop
import Glibc
import HTTPServer
import Testing

@Suite struct `Time` {
  private func impatient(_ change: (inout Limits) -> Void) throws -> TestServer {
    var limits = Limits.quick
    change(&limits)
    return try TestServer(limits)
  }

  @Test(arguments: ["G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: h\r\nX: "])
  func `runs out for a slow head, however it trickles in`(start: String) throws {
    let server = try impatient { $0.headerTime = .milliseconds(60) }
    defer { server.stop() }
    let client = Client(server)
    client.send(start)
    let trickle = Thread {
      for _ in 0..<20 {
        usleep(5000)
        client.send("a")
      }
    }
    if start.count > 1 { trickle.start() }
    let reply = try #require(client.reply())
    #expect(reply.status == 408 && reply.text.contains("request_timeout") && reply["connection"] == "close")
    #expect(client.isClosed)
  }

  @Test(arguments: ["Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n5\r\nabc"])
  func `runs out for a slow body`(rest: String) throws {
    let server = try impatient { $0.bodyTime = .milliseconds(60) }
    defer { server.stop() }
    let client = Client(server)
    client.send("POST / HTTP/1.1\r\nHost: h\r\n\(rest)")
    #expect(client.reply()?.status == 408)
    #expect(client.isClosed)
  }

  @Test func `runs out silently between requests`() throws {
    let server = try impatient { $0.idle = .milliseconds(60) }
    defer { server.stop() }
    let (fresh, used) = (Client(server), Client(server))
    #expect(used.get("/")?.status == 200)
    #expect(fresh.isClosed)
    #expect(used.isClosed)
  }

  @Test func `does not run out while the handler works`() throws {
    let server = try impatient {
      ($0.idle, $0.headerTime, $0.bodyTime) = (.milliseconds(5), .milliseconds(5), .milliseconds(5))
      $0.tick = .milliseconds(1)
    }
    defer { server.stop() }
    let client = Client(server)
    client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.reply()?.status == 200)
  }

  @Test(arguments: ["/big?9000000", "/endless"]) func `runs out for a client that does not read`(path: String) throws {
    let server = try impatient { $0.writeStall = .milliseconds(100) }
    defer { server.stop() }
    let client = Client(server, unix: true)
    client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(eventually { server.requests == 1 })
    #expect(eventually { server.openConnections == 0 })
    #expect(client.readToEnd().count < 9_000_000)
  }

  @Test func `runs out for a client that neither reads nor ends after the last answer`() throws {
    let server = try impatient { $0.linger = .milliseconds(50) }
    defer { server.stop() }
    let client = Client(server)
    client.send("XX")
    #expect(client.reply()?.status == 501)
    #expect(eventually { server.openConnections == 0 })
  }
}

@Suite struct `Many connections` {
  @Test func `may idle while one is served`() throws {
    var files = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    files.rlim_cur = files.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    let server = try TestServer()
    defer { server.stop() }
    let idle = (0..<2000).map { _ in Client(server, unix: true) }
    #expect(eventually { server.openConnections == 2000 })
    let client = Client(server)
    for _ in 0..<50 { #expect(client.get("/later")?.status == 200) }
    #expect(server.openConnections == 2001)
    for one in idle { one.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n") }
    #expect(idle.allSatisfy { $0.reply()?.status == 200 })
  }

  @Test func `are bounded, and a place given back can be taken`() throws {
    var limits = Limits.quick
    limits.connections = 2
    let server = try TestServer(limits)
    defer { server.stop() }
    var kept = [Client(server), Client(server)]
    for client in kept { #expect(client.get("/")?.status == 200) }
    let refused = Client(server)
    refused.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    let reply = try #require(refused.reply())
    #expect(reply.status == 503 && reply.text.contains("overloaded"))
    #expect(refused.isClosed)
    #expect(kept[0].get("/")?.status == 200)
    kept.removeLast()
    #expect(eventually { server.openConnections == 1 })
    #expect(Client(server).get("/")?.status == 200)
  }
}
