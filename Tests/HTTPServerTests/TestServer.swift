import EventLoop
import Glibc
import HTTPServer
import Synchronization
import Testing

/// A server on a loop and a thread of its own, reachable by TCP and by a Unix socket, with one handler for all tests.
final class TestServer: @unchecked Sendable {
  let loop: EventLoop
  let path = "/tmp/lakoo-http-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
  private(set) var server: HTTPServer!
  private(set) var port = 0
  let held = Mutex<[Responder]>([])
  let remembered = Mutex<[Request]>([])
  let streamed = Mutex(0)
  let cutStreams = Mutex(0)
  private let ended = Gate()

  /// - Parameter inherited: the TCP socket that it listens on with others; without it, it has one of its own.
  init(_ limits: Limits = .quick, inherited: Descriptor? = nil) throws {
    loop = try EventLoop()
    let started = Gate()
    Thread { [self] in
      loop.execute { [self] in
        server = HTTPServer(loop, limits: limits, onHead: { [limits] in Self.decide($0, limits) }) { [unowned self] in
          handle($0, $1)
        }
        do {
          if let inherited {
            try server.listen(inherited: inherited.release(), tag: 1)
          } else {
            port = portNumber(try server.listen(on: .tcp(host: "127.0.0.1", port: 0), tag: 1))
          }
          _ = try server.listen(on: .unix(path: path), tag: 2)
        } catch {
          Issue.record("the server of a test can't listen: \(error)")
        }
        started.open()
      }
      loop.run()
      ended.open()
    }.start()
    started.wait()
  }

  func stop() {
    held.withLock { $0 = [] }
    loop.stop()
    ended.wait()
    unlink(path)
  }

  /// Runs the body on the loop and waits for it.
  func onLoop<Value: Sendable>(_ body: @escaping @Sendable (TestServer) -> Value) -> Value {
    let gate = Gate()
    let result = Mutex<Value?>(nil)
    loop.execute { [self] in
      let value = body(self)
      result.withLock { $0 = value }
      gate.open()
    }
    gate.wait()
    return result.withLock { $0! }
  }

  /// Returns when the loop has read whatever was sent before: one turn may have begun already, so it takes two.
  func settle() {
    for _ in 0..<2 { onLoop { _ in } }
  }

  var openConnections: Int { onLoop { $0.server.openConnections } }
  var requests: Int { onLoop { $0.server.requests } }

  private static func decide(_ head: RequestHead, _ limits: Limits) -> HeadDecision {
    switch head.path {
    case "/missing": .reject(Response(status: 404, body: .bytes(Array("no such thing".utf8))))
    case "/small": .accept(bodyLimit: 10)
    default: .accept(bodyLimit: limits.body)
    }
  }
}

extension Limits {
  /// Limits under which a test's own mistakes end soon.
  static var quick: Limits {
    var limits = Limits()
    limits.tick = .milliseconds(10)
    limits.linger = .milliseconds(500)
    return limits
  }
}

func portNumber(_ address: SocketAddress?) -> Int {
  if case .tcp(_, let port)? = address { port } else { 0 }
}
