import FaultTesting
import Foundation
import FunctionKit
import Testing

/// What `GET /metrics` of a host says whose workers come and go.
@Suite(.serialized) struct `The metrics` {
  private func metrics(_ host: RunningHost) throws -> Exposition {
    let reply = try HTTP.get(host.port(.admin), "/metrics", headers: HTTP.admin)
    #expect(reply.status == 200)
    #expect(reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    return try Exposition(reply.text)
  }

  private func runs(_ metrics: Exposition, _ function: String, _ outcome: String) -> Double? {
    metrics.value(
      "lakoo_function_runs_total",
      ["bundle": "crash", "function": function, "trigger": "endpoint", "outcome": outcome])
  }

  @Test func `are of all workers together, those that have ended included`() throws {
    let host = try RunningHost(root: RunningHost.projectRoot() + "/Tests/CrashFunctions")
    defer { host.cleanUp() }
    try host.start()
    for _ in 0..<3 { #expect(try HTTP.send(host.port(.crash), "POST", "/add").status == 200) }
    #expect(try runs(metrics(host), "AddMoney", "2xx") == 3)

    let before = host.workers
    #expect(try HTTP.send(host.port(.crash), "POST", "/take", body: #"{"from":[1],"place":7}"#).status == 500)
    try waitUntil("the worker that crashed has gone", seconds: 30) { !before.allSatisfy(host.workers.contains) }
    #expect(try HTTP.send(host.port(.crash), "POST", "/add").status == 200)
    let after = try metrics(host)
    #expect(runs(after, "AddMoney", "2xx") == 4)
    #expect(runs(after, "TakeMoney", "5xx") == 1)
    let add = ["bundle": "crash", "function": "AddMoney"]
    #expect(after.value("lakoo_function_duration_seconds_count", add) == 4)
    #expect(after.value("lakoo_function_duration_seconds_bucket", add.merging(["le": "0.25"]) { $1 }) == 0)
    #expect(after.value("lakoo_function_crashes_total", ["function": "TakeMoney"]) == 1)
    #expect(after.value("lakoo_worker_replacements_total", ["role": "front", "reason": "crash"]) == 1)
    #expect(after.samples.contains { $0.name == "lakoo_worker_resident_bytes" })
  }

  @Test func `tell of requests, refusals, connections and what stands in databases`() async throws {
    let host = try RunningHost()
    defer { host.cleanUp() }
    try host.start()
    try await host.write(
      in: "notification",
      """
      insert into lakoo.pending (function, key, seq, id, due_at)
      values ('NotifyPaymentPaid', 'k', 1, '018f2f5e-0000-7000-8000-000000000001', 'infinity')
      """)
    try await host.write(
      in: "payment",
      """
      insert into lakoo.cron_tick (function, scheduled_at, status, finished_at)
      values ('ExpirePayments', '1999-01-01 00:00Z', 'done', '2001-09-09 01:46:40Z')
      """)
    for path in ["/postal-codes/10310", "/payments/x", "/payments/y"] {
      _ = try HTTP.get(host.port(.gateway), path)
    }
    let metrics = try metrics(host)
    let route = ["door": "gateway", "method": "GET", "route": "/postal-codes/:code"]
    #expect(metrics.value("lakoo_http_requests_total", route.merging(["status": "2xx"]) { $1 }) == 1)
    #expect(metrics.value("lakoo_http_refusals_total", ["reason": "unauthenticated", "route": "/payments/:id"]) == 2)
    #expect(metrics.value("lakoo_http_request_duration_seconds_count", ["door": "gateway"]) ?? 0 >= 3)
    #expect(metrics.value("lakoo_http_connections") != nil && metrics.value("lakoo_http_requests_in_progress") != nil)
    #expect(metrics.value("lakoo_database_up", ["bundle": "payment"]) == 1)
    #expect(metrics.value("lakoo_database_connections", ["bundle": "payment", "state": "idle"]) ?? 0 > 0)
    #expect(metrics.value("lakoo_database_waiting", ["bundle": "payment"]) == 0)
    let paid = ["bundle": "notification", "function": "NotifyPaymentPaid"]
    #expect(metrics.value("lakoo_inbox_pending", paid) == 1 && metrics.value("lakoo_inbox_overdue_seconds", paid) == 0)
    #expect(metrics.value("lakoo_dead_letters", paid) == 0)
    #expect(metrics.value("lakoo_outbox_unread", ["source": "payment", "bundle": "notification"]) == 0)
    #expect(metrics.value("lakoo_outbox_lag_seconds", ["source": "payment", "bundle": "notification"]) == 0)
    let cron = metrics.value("lakoo_cron_last_success_timestamp_seconds", ["function": "ExpirePayments"])
    #expect(cron == 1_000_000_000)
  }

  @Test func `are there when a database is not, and say so`() async throws {
    let host = try RunningHost(root: RunningHost.projectRoot() + "/Tests/CrashFunctions")
    defer { host.cleanUp() }
    try host.start()
    #expect(try metrics(host).value("lakoo_database_up", ["bundle": "crash"]) == 1)
    try await host.closeDatabase()
    try waitUntil("it is noticed", seconds: 30) {
      try metrics(host).value("lakoo_database_up", ["bundle": "crash"]) == 0
    }
    #expect(try metrics(host).value("lakoo_inbox_pending") == nil)
  }

  @Test func `are for those who have the admin token`() throws {
    let host = try RunningHost(root: RunningHost.projectRoot() + "/Tests/CrashFunctions")
    defer { host.cleanUp() }
    try host.start()
    #expect(try HTTP.get(host.port(.admin), "/metrics").status == 401)
  }
}
