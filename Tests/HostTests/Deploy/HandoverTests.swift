import FaultTesting
import Foundation
import Synchronization
import Testing

@Suite(.serialized) struct `Deploys under clients that keep their connections` {
  @Test func `no client notices that workers take turns`() throws {
    let project = try ProjectCopy()
    // Its workers know nothing of the other bundles, and must not get what came in for those.
    try project.giveOwnWorkers(to: "notification")
    let host = try RunningHost(root: project.root)
    defer { host.cleanUp() }
    try host.start()
    let file = try newRelease(into: "\(host.state)/bundles")
    let quiet = try (0..<20).map { _ in try KeptConnection(host.port(.gateway)) }
    for connection in quiet { #expect(try connection.get(KeptConnection.path).status == 200) }
    let clients = try (0..<6).map { number in
      PersistentClient(try KeptConnection(host.port(number % 2 == 0 ? .gateway : .address)))
    }
    defer { for client in clients { client.stop() } }
    for client in clients { client.start() }
    let (back, upgrade) = (["rollback", "address"], ["upgrade", RunningHost.buildDirectory + "/lakoo"])
    for command in [["deploy", file], back, upgrade, back, back] {
      let (before, workers) = (clients.map(\.answers), host.workers)
      // A connection of the supervisor to a worker does not hold that up.
      #expect(try HTTP.get(host.port(.admin), "/crons", headers: HTTP.admin).status == 200)
      let outcome = try host.run(command)
      #expect(outcome.status == 0, "\(outcome.output)")
      try waitUntil("the workers before have ended", seconds: 60) { workers.allSatisfy { !host.workers.contains($0) } }
      try waitUntil("all clients have been answered since", seconds: 60) {
        zip(clients, before).allSatisfy { $0.answers > $1 + 5 || $0.failure != nil }
      }
      for connection in quiet { #expect(try connection.get(KeptConnection.path).status == 200) }
    }
    for client in clients {
      client.stop()
      #expect(client.failure == nil)
    }
    #expect(!host.output.contains("did not finish in time"))
  }

  /// Another release of a bundle, with the same code.
  private func newRelease(into folder: String) throws -> String {
    let copy = try ProjectCopy()
    try copy.replace("summary: Users' addresses", with: "summary: Addresses", in: "manifests/address.yaml")
    let (status, output) = try copy.lakoo(["build", "address", "--skip-build", "-c", "debug", "--output", folder])
    guard status == 0, let path = output.split(separator: " ").first else { throw TestFailure(output) }
    return String(path)
  }
}

/// Asks again and again on one connection, until it is told to stop or something is not as it should be.
private final class PersistentClient: Sendable {
  private let connection: KeptConnection
  private let state = Mutex((answers: 0, failure: String?.none, isStopping: false, isRunning: false))

  init(_ connection: KeptConnection) { self.connection = connection }

  var answers: Int { state.withLock { $0.answers } }
  var failure: String? { state.withLock { $0.failure } }

  func start() {
    state.withLock { $0.isRunning = true }
    Thread.detachNewThread { [self] in
      while state.withLock({ !$0.isStopping && $0.failure == nil }) { ask() }
      state.withLock { $0.isRunning = false }
    }
  }

  func stop() {
    state.withLock { $0.isStopping = true }
    while state.withLock({ $0.isRunning }) { usleep(1000) }
  }

  private func ask() {
    do {
      let reply = try connection.get(KeptConnection.path)
      state.withLock { state in
        state.answers += 1
        if reply.status != 200 || reply.headers["connection"] != nil { state.failure = "\(reply)" }
      }
    } catch {
      state.withLock { $0.failure = "\(error)" }
    }
  }
}

/// One connection that carries one request after the other.
private final class KeptConnection: Sendable {
  static let path = "/postal-codes/10310"
  private let socket: Int32

  init(_ port: Int) throws { socket = try HTTP.connect(port) }

  deinit { close(socket) }

  /// - Throws: ``TestFailure`` when the connection ends before the answer does.
  func get(_ path: String) throws -> HTTP.Reply {
    let request = Array("GET \(path) HTTP/1.1\r\nhost: localhost\r\n\r\n".utf8)
    guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
      throw TestFailure("the connection takes no request: error \(errno)")
    }
    var received: [UInt8] = []
    while true {
      var part = [UInt8](repeating: 0, count: 65_536)
      let count = recv(socket, &part, part.count, 0)
      guard count > 0 else { throw TestFailure("the connection ended after \(received.count) bytes of an answer") }
      received += part[..<count]
      if let reply = try? HTTP.parse(received), reply.body.count == Int(reply.headers["content-length"] ?? "") {
        return reply
      }
    }
  }
}
