import EventLoop
import HTTPServer
import Synchronization
import Testing

@Suite struct `A request that came by no connection` {
  @Test func `is read like any other`() throws {
    let request = try #require(
      Request("POST", "/a/b?c=d", headers: [("X-Key", "v w")], body: [1, 2], tag: 3))
    #expect(request.method == .post)
    #expect(request.path == "/a/b")
    #expect(request.query == "c=d")
    #expect(request.headers.first("x-key") == "v w")
    #expect(request.head.contentLength == 2)
    #expect(request.body == [1, 2])
    #expect(request.tag == 3)
    #expect(try #require(Request("GET", "/", headers: [], body: [], tag: 0)).head.contentLength == 0)
  }

  @Test(arguments: [
    ("GET", "/", "x", "a\r\ny: b"), ("GET", "/", "x", "a\n"), ("GET", "/", "x: y\r\nz", "a"), ("GET", "/", "", "a"),
    ("GET", "/ HTTP/1.1\r\ny: b", "x", "a"), ("GET", "/a b", "x", "a"), ("GET", "a", "x", "a"), ("G T", "/", "x", "a"),
    ("GET", "/", "content-length", "5"), ("GET", "/", "host", "h"),
  ])
  func `can't say more than it seems to`(method: String, target: String, name: String, value: String) {
    #expect(Request(method, target, headers: [(name, value)], body: [1], tag: 0) == nil)
  }

  @Test func `is answered once, and with 500 when it is let go`() throws {
    let loop = try EventLoop()
    let statuses = Mutex<[Int]>([])
    let note: @Sendable (Response) -> Void = { response in statuses.withLock { $0.append(response.status) } }
    let twice = Responder(loop, note)
    twice.respond(Response(status: 201))
    twice.respond(Response(status: 202))
    do { _ = Responder(loop, note) }
    loop.execute { loop.stop() }
    loop.run()
    #expect(statuses.withLock { $0 } == [201, 500])
  }
}
