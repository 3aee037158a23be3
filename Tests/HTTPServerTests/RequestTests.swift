import HTTPServer
import Synchronization
import Testing

@Suite struct `A request` {
  @Test func `stays as it is for a handler that keeps it while others follow`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    for number in 0..<5 {
      client.send("POST /remember?\(number) HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nT: \(number)\r\n\r\n\(number)")
      #expect(client.reply()?.status == 200)
    }
    for (number, request) in server.remembered.withLock({ $0 }).enumerated() {
      #expect(request.query == "\(number)" && request.headers.first("t") == "\(number)")
      #expect(request.method == .post && request.body == Array("\(number)".utf8))
    }
  }

  @Test func `has headers that are found whatever their case, and in order`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(
      "GET /remember HTTP/1.1\r\nHost: h\r\nX-Request-Id: 1\r\nAccept: a\r\nx-request-id:2 \r\nX-Request: 3\r\n\r\n")
    #expect(client.reply()?.status == 200)
    let headers = try #require(server.remembered.withLock { $0.first }).headers
    #expect(headers.first("x-REQUEST-id") == "1" && headers.all("X-Request-Id") == ["1", "2"])
    #expect(headers.onlyBytes("ACCEPT").map(Array.init) == [97] && headers.onlyBytes("x-request-id") == nil)
    #expect(headers.onlyBytes("x-request-i") == nil)
    #expect(headers.firstBytes("accept").map(Array.init) == [97] && headers.first("x-request-i") == nil)
    #expect(headers.map(\.name) == ["Host", "X-Request-Id", "Accept", "x-request-id", "X-Request"])
    #expect(headers.map(\.value) == ["h", "1", "a", "2", "3"] && headers.count == 5)
  }

  @Test func `gives its path and query as bytes too`() throws {
    let server = try TestServer()
    defer { server.stop() }
    #expect(Client(server).get("/remember?a%20b")?.status == 200)
    let head = try #require(server.remembered.withLock { $0.first }).head
    #expect(Array(head.pathBytes) == Array("/remember".utf8))
    #expect(head.queryBytes.map(Array.init) == Array("a%20b".utf8))
    #expect(head.target == "/remember?a%20b" && head.minorVersion == 1 && head.keepAlive)
  }
}
