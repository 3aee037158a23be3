import Foundation
import FunctionKit
import Gateway
import LocalPostgres
import LoopTesting
import PlatformTesting
import Postgres
import Runtime
import Testing

private struct Look: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int { try await context.db.one("select 1") }
}

private let till = BundleSource(
  "till",
  """
  needs: { secrets: [XENDIT_CALLBACK_TOKEN] }
  endpoints:
    Look: { route: GET /look, access: public }
  webhooks:
    Paid: { route: POST /webhooks/paid, verify: xendit }
  """, [.endpoint(Look.self), .webhook(Paid.self)])

private let token = [("x-callback-token", "callback-token")]
private let paid = #"{"id":"1","amount":5}"#

@Suite struct `Health` {
  @Test func `is ok with the service's name, and says nothing of what works`() async throws {
    try await withPlatform([till, shop]) { platform in
      for (door, name) in [
        (Door.service("till"), "till-service"), (.service("shop"), "shop-service"), (.gateway, "gateway"),
      ] {
        let reply = try await platform.get("/health", to: door)
        #expect(reply.status == 200)
        let health = try #require(reply.json.object)
        #expect(health.members.map(\.name) == ["status", "service", "version", "uptime"])
        #expect(health["status"]?.string == "ok")
        #expect(health["service"]?.string == name)
        #expect(health["version"]?.string == "1.2.3")
        #expect((0..<60).contains(health["uptime"]?.double ?? -1))
      }
    }
  }

  @Test func `shows what a view of the service's database says, and only a view`() async throws {
    func details(_ schema: String) async throws -> (JSON?, JSON?) {
      var setting = Setting()
      setting.schema = schema
      return try await withPlatform([till, shop], setting) { platform in
        let own = try await platform.get("/health", to: .service("till"))
        #expect(own.status == 200 && own.json["status"] == "ok")
        #expect(try await platform.get("/health", to: .gateway).json["details"] == nil)
        return (own.json["details"], own.json["warnings"])
      }
    }
    let view = try await details("create view health as select 3 as edition, 'x' as word")
    #expect(view.0 == ["edition": 3, "word": "x"] && view.1 == nil)
    let table = try await details("create table health as select 'a patient' as secret")
    #expect(table.0 == nil && table.1 == nil)
    let broken = try await details(
      "create view health as select 1 / (select count(*) - count(*) from pg_class) as never")
    #expect(broken.0 == nil && broken.1 == ["the view health can't be read"])
  }

  @Test func `names the database that can't be reached, and is ok again when it is back`() async throws {
    let directory = "/tmp/lakoo-health-\(getpid())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let server = LocalPostgres(stateDirectory: directory)
    try await withLoop { loop in
      try await server.start(on: loop)
      let address = server.connectionString(database: "till_db")
      try await prepareDatabase(loop, address, "")
      try await outlive(address) {
        await Task(executorPreference: loop) { await server.stop() }.value
      } start: {
        try await Task(executorPreference: loop) { try await server.start(on: loop) }.value
      }
      await server.stop()
    }
    try FileManager.default.removeItem(atPath: directory)
  }

  private func outlive(
    _ address: String, stop: @escaping @Sendable () async -> Void, start: @escaping @Sendable () async throws -> Void
  ) async throws {
    var setting = Setting()
    setting.database = address
    try await withPlatform([till, shop], setting) { platform in
      #expect(try await platform.get("/health").status == 200)
      await stop()
      for door in [Door.service("till"), .gateway, .admin] {
        let reply = try await platform.get("/health", to: door)
        #expect(reply.status == 503)
        #expect(reply.json["status"]?.string == "degraded")
        #expect(reply.json["failing"] == .array([.string("till_db")]))
      }
      #expect(try await platform.get("/health", to: .service("shop")).status == 200)
      let look = try await platform.get("/look")
      #expect(look.status == 503)
      #expect(look.code == "database_unavailable")
      #expect(try await platform.post("/webhooks/paid", to: .gateway, token, paid).status == 503)
      try await start()
      try await platform.until { try await platform.get("/health").status == 200 }
      #expect(try await platform.get("/look").status == 200)
      try await platform.until {
        try await platform.post("/webhooks/paid", to: .gateway, token, paid).text == #"{"received":true}"#
      }
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 1)
    }
  }
}
