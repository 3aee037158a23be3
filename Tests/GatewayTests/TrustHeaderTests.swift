import EventLoop
import FunctionKit
import Gateway
import Glibc
import PlatformTesting
import Runtime
import Testing
import TokenTesting

private let trusted = [
  "x-user-id", "x-user-role", "x-user-seller-id", "x-session-id", "x-gateway-key", "x-internal-api-key",
]

/// Says what it knows of its caller, and which of the headers that the host believes it can read.
private struct Mirror: Endpoint {
  struct Output: Codable {
    var session: String?
    var seller: ID?
    var headers: [String]
  }

  func handle(_ input: Nothing, context: Context) async throws -> Output {
    Output(
      session: context.caller.sessionID, seller: context.caller.sellerID,
      headers: (trusted + ["x-other"]).filter { context.header($0) != nil })
  }
}

/// Asks another service for its caller.
private struct Relay: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Mirror.Output {
    try await context.services.call("mirror", .get, "/mirror", onBehalfOf: context.caller)
  }
}

private let mirror = BundleSource(
  "mirror",
  """
  needs: { services: [mirror] }
  endpoints:
    Mirror: { route: GET /mirror, access: [user, internal] }
    Relay:  { route: GET /relay, access: user }
  """, [.endpoint(Mirror.self), .endpoint(Relay.self)], hasDatabase: false)

private let seller = "018f2f5e-0000-7000-8000-0000000000aa"
private let bySeller = Keys.asUser() + [("x-session-id", "s1"), ("x-user-seller-id", seller)]

@Suite struct `What the host is told of a caller` {
  @Test(arguments: [[:], ["mirror": String?.none]])
  func `reaches functions as the caller, and those whom they ask`(remote: [String: String?]) async throws {
    var setting = Setting()
    setting.remote = remote
    try await withPlatform([mirror], setting) { platform async throws in
      let token = TestToken(at: platform.clock.now.seconds, session: "s1").with("sellerId", "\"\(seller)\"")
      for path in ["/mirror", "/relay"] {
        for (door, headers) in [
          (Door.gateway, Keys.bearing(token.signed(Keys.tokenSecret))), (.service("mirror"), bySeller),
        ] {
          let told = try await platform.get(path, to: door, headers).data
          #expect(told?["seller"]?.string == seller && told?["session"]?.string == "s1", "\(path), \(door)")
        }
      }
    }
  }

  @Test func `is not told by who has no key, and no seller that is none`() async throws {
    try await withPlatform([mirror]) { platform async throws in
      let token = TestToken(at: platform.clock.now.seconds)
      let claimed = Keys.bearing(token.signed(Keys.tokenSecret)) + [("x-user-seller-id", seller)]
      let told = try await platform.get("/mirror", to: .gateway, claimed)
      #expect(told.status == 200 && told.data?["seller"] == .null)
      let service = Door.service("mirror")
      let unproven = Keys.asService + [("x-user-id", Keys.user), ("x-user-seller-id", seller)]
      #expect(try await platform.get("/mirror", to: service, unproven).data?["seller"] == .null)
      let wrong = Keys.asUser() + [("x-user-seller-id", "me")]
      #expect(try await platform.get("/mirror", to: service, wrong).status == 401)
      let malformed = token.with("sellerId", #""me""#).signed(Keys.tokenSecret)
      #expect(try await platform.get("/mirror", to: .gateway, Keys.bearing(malformed)).status == 401)
    }
  }

  @Test func `is not among the headers that functions can read`() async throws {
    try await withPlatform([mirror]) { platform async throws in
      let headers = bySeller + [("x-user-role", "seller"), ("x-other", "1")] + Keys.asService
      let read = try await platform.get("/mirror", to: .service("mirror"), headers).data?["headers"]
      #expect(read == .array([.string("x-other")]))
    }
  }

  @Test func `goes to another process from a service's port, and never from the gateway`() async throws {
    let path = "/tmp/lakoo-trust-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
    var setting = Setting()
    setting.elsewhere = [Setting.Elsewhere(mirror, path)]
    try await withPlatform([], setting) { front async throws in
      let other = try RecordingServer(front.loop, path)
      defer { other.close() }
      let token = TestToken(at: front.clock.now.seconds).signed(Keys.tokenSecret)
      let headers = bySeller + [("X-User-Role", "admin")] + Keys.asService + Keys.bearing(token) + [("x-other", "1")]
      let names = Set(trusted)
      #expect(try await front.get("/mirror", to: .gateway, headers).text == "ok")
      #expect(other.names.isDisjoint(with: names) && other.names.isSuperset(of: ["x-other", "authorization"]))
      #expect(try await front.get("/mirror", to: .service("mirror"), headers).text == "ok")
      #expect(other.names.isSuperset(of: names))
    }
  }
}

/// Answers `ok` to whatever comes, and keeps the names of the last request's headers.
private final class RecordingServer: Sendable {
  private let listener: LoopLocal<Listener?>
  private let received: LoopLocal<[UInt8]>

  init(_ loop: EventLoop, _ path: String) throws {
    let received = LoopLocal<[UInt8]>(loop, [])
    self.received = received
    listener = LoopLocal(loop, nil)
    listener.value = try Listener(loop, on: .unix(path: path)) { stream in
      received.value = []
      stream.startReading { bytes in
        bytes.withUnsafeBytes { received.value.append(contentsOf: $0) }
        guard received.value.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return }
        stream.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".utf8))
        stream.close()
      } onEnd: { _ in
        stream.close()
      }
    }
  }

  var names: Set<String> {
    let lines = String(decoding: received.value, as: UTF8.self).split(separator: "\r\n").dropFirst()
    return Set(lines.compactMap { $0.split(separator: ":").first?.lowercased() })
  }

  func close() { listener.value?.close() }
}
