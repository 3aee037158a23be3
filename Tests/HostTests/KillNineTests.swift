import Foundation
import FunctionKit
import Synchronization
import Testing

/// kill -9 of the host at random moments while payments are created and paid. Afterwards nothing is lost, doubled or half
/// done. `Tests/kill-nine 200` runs it at length.
@Suite(.serialized) struct `Killed again and again` {
  static let kills = Int(ProcessInfo.processInfo.environment["KILLS"] ?? "") ?? 4

  @Test func `every paid invoice has one event and one notification, and no payment is half made`() throws {
    let host = try RunningHost()
    defer { host.cleanUp() }
    try host.start()
    let shoppers = Shoppers(host)
    shoppers.start(count: 4)
    var kills = 0
    // A busy machine may not get to a single payment between the first kills.
    while kills < Self.kills || (shoppers.paid == 0 && kills < 10 * Self.kills) {
      usleep(.random(in: 50_000...1_500_000))
      host.kill9()
      try host.start()
      kills += 1
    }
    try shoppers.finish()
    try host.advanceClock(seconds: 5 * 60)
    let books = Books(host)
    try waitUntil("everything is worked through", seconds: 120) {
      let open = try books.open()
      // What waits for its next attempt, or for a job, is not made to wait in earnest.
      if open > 0 { try host.advanceClock(seconds: 60) }
      return open == 0
    }
    print("\(kills) kills, \(shoppers.summary), \(try books.summary())")
    #expect(try books.value("payment_db", "select count(*) from payment where status = 'paid'") >= shoppers.paid)
    #expect(shoppers.paid > 0)
    for (what, database, query) in Books.mustBeZero {
      #expect(try books.value(database, query) == 0, "\(what)")
    }
    #expect(try books.paidInvoices() == books.paidEvents())
    #expect(try books.paidEvents() == books.notifications())
  }
}

/// Threads that shop: each creates a payment and pays it, again and again, and repeats what got no answer. Some walk away.
final class Shoppers: Sendable {
  private let host: RunningHost
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    var running = 0
    var created = 0
    var paid = 0
    var abandoned = 0
    var errors: [String] = []
  }

  init(_ host: RunningHost) { self.host = host }

  var paid: Int { state.withLock { $0.paid } }
  var summary: String {
    state.withLock { "\($0.created) payments created, \($0.paid) paid, \($0.abandoned) abandoned by their shopper" }
  }

  func start(count: Int) {
    state.withLock { $0.running = count }
    for _ in 0..<count {
      Thread.detachNewThread { [self] in
        while !state.withLock({ $0.isOver }) { shop() }
        state.withLock { $0.running -= 1 }
      }
    }
  }

  func finish() throws {
    state.withLock { $0.isOver = true }
    try waitUntil("the shoppers are done", seconds: 60) { state.withLock { $0.running } == 0 }
    let errors = state.withLock { $0.errors }
    if !errors.isEmpty { throw TestFailure("refused: \(errors.prefix(3))") }
  }

  private func shop() {
    let order = UUID().uuidString.lowercased()
    let walksAway = Int.random(in: 0..<10) == 0
    guard let url = create(order, walksAway) else { return }
    state.withLock { $0.created += 1 }
    if Int.random(in: 0..<5) == 0 { return }
    pay(String(url.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }))
  }

  private func create(_ order: String, _ walksAway: Bool) -> String? {
    let body = """
      {"userId":"\(UUID().uuidString)","customer":{"name":"Pembeli"},"orders":[{"orderId":"\(order)",
      "orderNumber":"ORD","lines":[{"merchandiseAmount":\(Int.random(in: 10_000...900_000))}]}]}
      """
    let headers = HTTP.service.merging(["idempotency-key": "checkout:\(order)"]) { $1 }
    let patience = Date().addingTimeInterval(5)
    while true {
      let reply = try? HTTP.send(host.port(.payment), "POST", "/create", headers: headers, body: body)
      if let url = reply?.data["invoice"]?["url"]?.string { return url }
      if let reply, reply.status < 500, reply.status != 409, reply.status != 202 {
        state.withLock { $0.errors.append(reply.text) }
        return nil
      }
      // The key of a request that died with the host is leased for as long as the function may take, and an invoice that
      // could not be opened (202) is opened by a job: not every shopper waits for that.
      if walksAway || reply?.status == 202 || Date() > patience {
        state.withLock { $0.abandoned += 1 }
        return nil
      }
      usleep(50_000)
    }
  }

  private func pay(_ path: String) {
    while true {
      if let reply = try? HTTP.send(host.port(.sandbox), "POST", "\(path)/pay"), reply.status < 500 {
        if reply.status == 303 || reply.status == 409 { state.withLock { $0.paid += 1 } }
        return
      }
      usleep(50_000)
    }
  }
}

/// What the databases say, asked past the host.
struct Books {
  let host: RunningHost
  init(_ host: RunningHost) { self.host = host }

  static let mustBeZero = [
    (
      "orders with more than one payment", "payment_db",
      "select count(*) from (select 1 from payment group by reference_id having count(*) > 1) doubled"
    ),
    (
      "payments without lines", "payment_db",
      "select count(*) from payment p where not exists (select 1 from payment_line where payment_id = p.id)"
    ),
    ("payments left pending", "payment_db", "select count(*) from payment where status = 'pending'"),
    ("invoices left creating", "payment_db", "select count(*) from gateway_invoice where status = 'creating'"),
    (
      "paid payments without exactly one event", "payment_db",
      "select count(*) from payment p where status = 'paid' and 1 <> (select count(*) from lakoo.outbox where type = 'payment.paid' and subject = p.id::text)"
    ),
    (
      "events of payments that are not paid", "payment_db",
      "select count(*) from lakoo.outbox o where type = 'payment.paid' and not exists (select 1 from payment p where p.id::text = o.subject and status = 'paid')"
    ),
    (
      "transactions that do not balance", "payment_db",
      "select count(*) from (select 1 from transaction_ledger_entry group by transaction_id having sum(amount) <> 0) unbalanced"
    ),
    (
      "paid payments without their capture in the books", "payment_db",
      "select count(*) from payment p where status = 'paid' and 1 <> (select count(*) from transaction_ledger where kind = 'capture' and reference_id = p.id)"
    ),
    (
      "orders told of twice", "notification_db",
      "select count(*) from (select 1 from notification where type = 'payment_success' group by related_id having count(*) > 1) doubled"
    ),
    ("work given up on", "payment_db", "select count(*) from lakoo.dead_letter"),
  ]

  func paidInvoices() throws -> Int {
    try value("sandbox_db", "select count(*) from invoice where status in ('PAID', 'SETTLED')")
  }
  func paidEvents() throws -> Int {
    try value("payment_db", "select count(*) from lakoo.outbox where type = 'payment.paid'")
  }
  func notifications() throws -> Int {
    try value("notification_db", "select count(*) from notification where type = 'payment_success'")
  }

  /// What still waits to be worked through.
  func open() throws -> Int {
    try ["payment_db", "notification_db", "sandbox_db"].reduce(0) {
      try $0 + value($1, "select count(*) from lakoo.pending")
    } + value("payment_db", "select count(*) from gateway_invoice where status = 'creating'")
      + abs(paidInvoices() - notifications())
  }

  func summary() throws -> String {
    "\(try paidInvoices()) paid invoices, \(try paidEvents()) payment.paid, \(try notifications()) notifications"
  }

  func value(_ database: String, _ query: String) throws -> Int {
    let lines = try String(contentsOfFile: host.state + "/postgres/postmaster.pid", encoding: .utf8).split(
      separator: "\n")
    let socket = try #require(lines.dropFirst(4).first.map(String.init))
    let output = host.state + "/psql.txt"
    try? FileManager.default.removeItem(atPath: output)
    let psql = try Program(
      "/usr/bin/psql", ["-XAt", "-h", socket, "-U", "postgres", "-d", database, "-c", query],
      environment: ProcessInfo.processInfo.environment, output: output)
    psql.wait()
    let text = try String(contentsOfFile: output, encoding: .utf8)
    guard let value = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw TestFailure("no number from \(query): \(text)")
    }
    return value
  }
}
