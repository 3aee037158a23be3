import EventLoop
import HTTPServer
import Synchronization
import Testing

@Suite struct `Draining` {
  private func drain(_ server: TestServer, within bound: Duration) -> Gate {
    let drained = Gate()
    _ = server.onLoop { server in
      Task(executorPreference: server.loop) {
        await server.server.drain(within: bound)
        drained.open()
      }
      return true
    }
    return drained
  }

  @Test func `finishes what is in flight, closes what is idle and takes nothing new`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let (idle, busy) = (Client(server), Client(server))
    #expect(idle.get("/")?.status == 200)
    busy.send("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(eventually { server.held.withLock { $0.count } == 1 })
    let drained = drain(server, within: .seconds(20))
    #expect(idle.isClosed)
    _ = server.onLoop { server in
      for responder in server.held.withLock({ $0 }) { responder.respond(Response(body: .bytes([65]))) }
      return true
    }
    let reply = try #require(busy.reply())
    #expect(reply.status == 200 && reply["connection"] == "close")
    #expect(busy.isClosed)
    drained.wait()
    #expect(server.openConnections == 0)
  }

  @Test(arguments: ["/stream?200", "/big?6553600"])
  func `lets a response that is on its way come to its end`(path: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server, unix: true)
    client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(eventually { server.requests == 1 })
    let drained = drain(server, within: .seconds(20))
    #expect(client.reply()?.body.count == 6_553_600)
    #expect(client.isClosed)
    drained.wait()
    #expect(server.openConnections == 0)
  }

  @Test func `ends after its bound, whatever is left`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let busy = Client(server)
    busy.send("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(eventually { server.held.withLock { $0.count } == 1 })
    drain(server, within: .milliseconds(30)).wait()
    #expect(busy.isClosed)
    #expect(server.openConnections == 0)
  }

  @Test func `of a server without connections is over at once`() throws {
    let server = try TestServer()
    defer { server.stop() }
    drain(server, within: .seconds(60)).wait()
  }
}
