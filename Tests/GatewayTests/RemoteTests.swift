import EventLoop
import FunctionKit
import Gateway
import Glibc
import PlatformTesting
import Testing

@Suite struct `A bundle that runs elsewhere` {
  @Test func `is behind the same doors as one that runs here`() async throws {
    try await withShopElsewhere { front, _ async throws in
      for (path, gateway, service) in [
        ("/visit/public", 200, 200), ("/visit/internal", 404, 401), ("/visit/user-or-internal", 401, 401),
        ("/internal/visit", 404, 200), ("/admin/visit", 404, 200), ("/shop/admin/visit", 200, 404),
        ("/nothing", 404, 404), ("/echo/..", 200, 200), ("/health", 200, 200),
      ] {
        #expect(try await front.get(path, to: .gateway).status == gateway, "\(path)")
        #expect(try await front.get(path, to: .service("shop")).status == service, "\(path)")
      }
    }
  }

  @Test func `gets the request and gives the answer as they are`() async throws {
    try await withShopElsewhere { front, elsewhere async throws in
      let headers = [("x-request-id", "r1"), ("connection", "x-hop"), ("x-hop", "1")]
      for path in ["/echo/a%2Fb?q=c+d&q=%C3%A9", "/echo/%zz"] {
        let there = try await elsewhere.onItsLoop { try await elsewhere.get(path, to: .service("shop"), headers) }
        let here = try await front.get(path, to: .service("shop"), headers)
        #expect(here.status == there.status && here.text == there.text && here["x-request-id"] == "r1", "\(path)")
        #expect(here["content-type"] == there["content-type"])
      }
      let body = #"{"a":"\#(String(repeating: "x", count: 2000))"}"#
      #expect(try await front.post("/orders", to: .service("shop"), [], body).code == "body_too_large")
      #expect(try await front.send("PUT", "/orders", to: .service("shop"))["allow"] == "POST")
      let (get, head) = (
        try await front.get("/visit/public", to: .gateway), try await front.send("HEAD", "/visit/public", to: .gateway)
      )
      #expect(head["content-length"] == get["content-length"] && head.body == [])
    }
  }

  @Test func `believes nobody else about the door`() async throws {
    try await withShopElsewhere { front, elsewhere async throws in
      for door in ["shop", ":admin"] {
        let headers = [("x-lakoo-door", door)] + Keys.asService
        #expect(try await front.get("/visit/internal", to: .gateway, headers).status == 404)
        let there = try await elsewhere.onItsLoop {
          try await elsewhere.get("/visit/internal", to: .gateway, headers)
        }
        #expect(there.status == 404)
      }
      #expect(try await front.get("/visit/internal", to: .service("shop"), Keys.asService).status == 200)
    }
  }

  @Test func `is called by functions like any other`() async throws {
    let path = socketPath()
    var there = Setting()
    there.localSocket = path
    there.schema = "create table note (id text primary key)"
    try await withPlatform([stock], there) { _ in
      var here = Setting()
      here.elsewhere = [Setting.Elsewhere(stock, path)]
      try await withPlatform([front], here) { platform in
        let call = #"{"method":"GET","path":"/internal/who/a","onBehalf":true}"#
        #expect(try await platform.ask(call, Keys.asUser())["value"]?["user"]?.string == Keys.user)
        let refused = try await platform.ask(#"{"method":"POST","path":"/internal/refuse"}"#, Keys.asUser())
        #expect(refused["status"]?.int == 409)
      }
    }
  }

  @Test(arguments: [(1, 1), (10, 10), (25, 25), (99, 99), (0, 0)])
  func `as a candidate gets its share, evenly`(percent: Int, expected: Int) async throws {
    try await withShopElsewhere(here: [shop], percent: percent) { front, elsewhere async throws in
      for _ in 0..<100 { #expect(try await front.get("/visit/public", to: .gateway).status == 200) }
      try await front.until {
        let there = try await elsewhere.onItsLoop { try elsewhere.logEntries(of: "VisitPublic").count }
        return try there == expected && front.logEntries(of: "VisitPublic").count == 100 - expected
      }
    }
  }

  @Test func `as a candidate that nobody runs is stood in for`() async throws {
    try await withFront([shop], percent: 100, at: socketPath()) { front async throws in
      for method in ["GET", "HEAD"] {
        #expect(try await front.send(method, "/visit/public", to: .gateway).status == 200)
      }
      #expect(try await front.post("/orders", to: .gateway, [], #"{"items":1}"#).status != 503)
    }
  }

  /// What the other process does with one connection after the other, and what its client gets.
  private static let endings: [(method: String, key: String?, script: [Step], status: Int, tries: Int)] = [
    ("GET", nil, [.close, .answer], 200, 2), ("GET", nil, [.half, .close, .answer], 200, 3),
    ("GET", nil, [.close, .close, .close, .close, .answer], 500, 4), ("POST", nil, [.close, .answer], 500, 1),
    ("POST", "k", [.close, .answer], 500, 1), ("PUT", "k", [.half, .answer], 200, 2),
    ("PUT", nil, [.half, .answer], 500, 1),
  ]

  @Test(arguments: endings.indices)
  func `that ends before it has answered is asked again only where that does no harm`(index: Int) async throws {
    let ending = Self.endings[index]
    let path = socketPath()
    try await withFront([], at: path, of: keyed) { front async throws in
      let other = try ScriptedServer(front.loop, path, ending.script)
      defer { other.close() }
      let headers = ending.key.map { [("idempotency-key", $0)] } ?? []
      let body: String? = ending.method == "GET" ? nil : "{}"
      let answer = try await front.send(ending.method, "/thing", to: .gateway, headers, body: body)
      #expect(answer.status == ending.status && other.tries.value == ending.tries)
      if answer.status == 500 { #expect(answer.code == "function_crashed") }
    }
  }

  @Test func `is not asked again when the function's time is over`() async throws {
    let path = socketPath()
    try await withFront([], at: path, of: keyed) { front async throws in
      let other = try ScriptedServer(front.loop, path, [.close, .close, .close, .answer])
      defer { other.close() }
      #expect(try await front.get("/hurry", to: .gateway).status == 500)
      #expect((1...3).contains(other.tries.value))
    }
  }

  @Test func `that can't be reached is waited for, and then said to be unavailable`() async throws {
    try await withFront([], at: socketPath(), of: keyed) { front async throws in
      let answer = try await front.post("/thing", to: .gateway)
      #expect(answer.status == 503 && answer.code == "service_unavailable" && answer["retry-after"] == "1")
    }
  }
}

private let keyed = BundleSource(
  "keyed",
  """
  endpoints:
    ReadThing:  { route: GET /thing, access: public }
    MakeThing:  { route: POST /thing, access: public }
    ReadSoon:   { route: GET /hurry, access: public, timeout: 100ms }
    PutThing:   { route: PUT /thing, access: public, idempotency: optional }
  """, [])

private func socketPath() -> String { "/tmp/lakoo-remote-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock" }

/// A host's front, with a bundle that is run by whoever listens on the socket.
private func withFront(
  _ here: [BundleSource], percent: Int? = nil, at path: String, of bundle: BundleSource = shop,
  _ body: @escaping @Sendable (Platform) async throws -> Void
) async throws {
  var setting = Setting()
  setting.elsewhere = [Setting.Elsewhere(bundle, path, percent: percent)]
  try await withPlatform(here, setting, body)
}

private func withShopElsewhere(
  here: [BundleSource] = [], percent: Int? = nil,
  _ body: @escaping @Sendable (_ front: Platform, _ elsewhere: Platform) async throws -> Void
) async throws {
  let path = socketPath()
  var there = Setting()
  there.localSocket = path
  try await withPlatform([shop], there) { elsewhere in
    try await withFront(here, percent: percent, at: path) { front in try await body(front, elsewhere) }
  }
}

extension Platform {
  /// Runs the body on this platform's loop, from another's.
  fileprivate func onItsLoop<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await Task(executorPreference: loop) { try await body() }.value
  }
}

private enum Step: Sendable { case close, half, answer }

/// Reads the beginning of a request from one connection after the other, and does with each what it is told.
private final class ScriptedServer: Sendable {
  let tries: LoopLocal<Int>
  private let listener: LoopLocal<Listener?>

  init(_ loop: EventLoop, _ path: String, _ script: [Step]) throws {
    let tries = LoopLocal(loop, 0)
    self.tries = tries
    listener = LoopLocal(loop, nil)
    listener.value = try Listener(loop, on: .unix(path: path)) { stream in
      stream.startReading { _ in
        let step = script[tries.value]
        tries.value += 1
        switch step {
        case .close: break
        case .half: stream.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345".utf8))
        case .answer: stream.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8))
        }
        stream.close()
      } onEnd: { _ in
        stream.close()
      }
    }
  }

  func close() { listener.value?.close() }
}
