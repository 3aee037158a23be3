import EventLoop
import Glibc
import HTTPServer
import Synchronization
import Testing

@Suite struct `Handing connections over` {
  @Test func `no client notices that servers take turns`() throws {
    let relay = try Relay()
    defer { relay.stop() }
    try relay.join()
    let clients = (0..<16).map { PersistentClient(port: relay.port, number: $0) }
    for client in clients { client.start() }
    for _ in 0..<8 {
      let answered = clients.map(\.answers)
      try relay.join()
      relay.leave()
      #expect(eventually { zip(clients, answered).allSatisfy { $0.answers > $1 + 2 || $0.isOver } })
    }
    for client in clients {
      client.stop()
      #expect(client.failure == nil)
    }
  }

  @Test func `an idle connection goes on where it was, with the address of its client`() throws {
    let relay = try Relay()
    defer { relay.stop() }
    let first = try relay.join()
    let (tcp, unix) = (Client(port: relay.port), Client(first, unix: true))
    #expect(tcp.get("/one")?.status == 200 && unix.get("/one")?.status == 200)
    let second = try relay.join()
    relay.leave()
    let replies = [tcp.get("/two"), unix.get("/two")]
    #expect(replies.map { $0?["x-tag"] } == ["1", "2"] && replies.map { $0?["x-peer"] } == ["some", "none"])
    #expect(second.requests == 2)
  }

  @Test func `a request of which a part has been read is answered where it was read`() throws {
    let relay = try Relay()
    defer { relay.stop() }
    let first = try relay.join()
    let client = Client(first, unix: true)
    client.send("POST /one HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na")
    first.settle()
    let second = try relay.join()
    relay.leave()
    client.send("bcGET /two HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.reply()?.text == "abc")
    #expect(client.reply()?["x-path"] == "/two")
    #expect(first.requests == 2 && client.get("/three")?["x-path"] == "/three" && second.requests == 1)
  }

  @Test func `while the channel is full, connections are served where they are`() throws {
    let relay = try Relay()
    defer { relay.stop() }
    let first = try relay.join()
    let client = Client(port: relay.port)
    #expect(client.get("/one")?.status == 200)
    relay.fill()
    relay.leave()
    let reply = client.get("/two")
    #expect(reply?.status == 200 && reply?["connection"] == nil && first.requests == 2)
    let second = try relay.join()
    #expect(eventually { first.openConnections == 0 })
    #expect(client.get("/three")?.status == 200 && second.requests == 1)
  }

  @Test func `connections that are a server's own end with it`() throws {
    let relay = try Relay()
    defer { relay.stop() }
    let first = try relay.join()
    let (shared, own, busy) = (Client(port: relay.port), Client(first, unix: true), Client(first, unix: true))
    #expect(shared.get("/one")?.status == 200 && own.get("/one")?.status == 200)
    busy.send("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(eventually { first.held.withLock { $0.count } == 1 })
    try relay.join()
    relay.leave(keeping: [2])
    #expect(own.isClosed && shared.get("/two")?.status == 200)
    first.onLoop { server in
      for responder in server.held.withLock({ $0 }) { responder.respond(Response(body: .bytes([65]))) }
    }
    #expect(busy.reply()?["connection"] == "close" && busy.isClosed)
    #expect(eventually { first.openConnections == 0 })
  }

  @Test func `what nobody takes waits for a server`() throws {
    let relay = try Relay()
    defer { relay.stop() }
    try relay.join()
    let client = Client(port: relay.port)
    #expect(client.get("/one")?.status == 200)
    relay.leave()
    client.send("GET /two HTTP/1.1\r\nHost: h\r\n\r\n")
    try relay.join()
    #expect(client.reply()?["x-path"] == "/two")
  }

  @Test func `a server without a place closes what it is handed`() throws {
    let relay = try Relay()
    defer { relay.stop() }
    try relay.join()
    let client = Client(port: relay.port)
    #expect(client.get("/one")?.status == 200)
    var limits = Limits.quick
    limits.connections = 0
    try relay.join(limits)
    relay.leave()
    #expect(client.isClosed)
  }
}

/// Servers that listen on one socket, one after the other, with a channel between them.
private final class Relay {
  private let socket: BoundSocket
  private let ends: (sending: Descriptor, receiving: Descriptor)
  private var servers: [(server: TestServer, channel: DescriptorChannel)] = []
  private var retired: [TestServer] = []

  init() throws {
    socket = try BoundSocket(host: "127.0.0.1", port: 0)
    ends = try DescriptorChannel.ends()
  }

  var port: Int { portNumber(socket.address) }

  @discardableResult func join(_ limits: Limits = .quick) throws -> TestServer {
    let server = try TestServer(limits, inherited: Descriptor(owning: fcntl(socket.descriptor, F_DUPFD_CLOEXEC, 3)))
    let channel = DescriptorChannel(server.loop, sending: try ends.sending.copy(), receiving: try ends.receiving.copy())
    servers.append((server, channel))
    server.onLoop { server in
      try? channel.startReceiving { descriptor, word in
        if let tag = Int(word) { try? server.server.adopt(descriptor, tag: tag) }
      }
    }
    return server
  }

  /// The server that has been there longest hands over all it has.
  func leave(keeping tags: Set<Int> = []) {
    let (server, channel) = servers.removeFirst()
    retired.append(server)
    server.onLoop { server in
      channel.stopReceiving()
      Task(executorPreference: server.loop) {
        await server.server.drain(within: .seconds(20), keeping: tags) { channel.send($0, as: "\($1)") }
      }
    }
  }

  /// Sends what is no connection until the channel takes no more.
  func fill() {
    let (server, channel) = servers[0]
    let descriptor = ends.sending.number
    server.onLoop { _ in
      channel.stopReceiving()
      while channel.send(descriptor, as: "nothing") {}
    }
  }

  func stop() { for server in retired + servers.map(\.server) { server.stop() } }
}

/// Sends one request after the other on one connection, of all kinds, and notes what does not come back as it should.
private final class PersistentClient: Sendable {
  private let number: Int
  private let client: Client
  private let state = Mutex((answers: 0, failure: String?.none, isStopping: false))
  private let ended = Gate()

  init(port: Int, number: Int) {
    self.number = number
    client = Client(port: port)
  }

  var answers: Int { state.withLock { $0.answers } }
  var failure: String? { state.withLock { $0.failure } }
  var isOver: Bool { failure != nil }

  func start() {
    Thread { [self] in
      while failure == nil, !state.withLock({ $0.isStopping }) { exchange() }
      ended.open()
    }.start()
  }

  func stop() {
    state.withLock { $0.isStopping = true }
    ended.wait()
  }

  private func exchange() {
    let path = ["/", "/slow", "/later", "/elsewhere"][(number + answers) % 4]
    let body = String(repeating: "x", count: (number * 131 + answers * 17) % 5000)
    let request = "POST \(path) HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.count)\r\n\r\n\(body)"
    let pipelined = 1 + answers % 3
    client.send(String(repeating: request, count: pipelined))
    for _ in 0..<pipelined {
      guard let reply = client.reply() else { return fail("\(path): the connection ended") }
      guard reply.status == 200, reply.text == body, reply["connection"] == nil else {
        return fail("\(path): \(reply)")
      }
      state.withLock { $0.answers += 1 }
    }
  }

  private func fail(_ what: String) { state.withLock { $0.failure = what } }
}
