import FaultTesting
import FunctionKit

/// A plan, carried out day by day through the public door.
struct Month: Sendable {
  let plan: MonthPlan
  let world: World
  let pages = Pages()

  init(_ plan: MonthPlan, _ world: World) { (self.plan, self.world) = (plan, world) }

  func run() async throws {
    try await goToMondayMorning()
    try await prepare()
    for day in 0...MonthPlan.lastDay {
      try await morning(day)
      try await world.settle([Self.isExpired] + Self.quiet)
      try await afternoon(day)
      try await world.settle(Self.quiet)
      if day % 7 == 1 { try await withdraw(day) }
      try await goToNextMorning()
    }
    // The last payouts wait for money that is still on its way, and are reconciled on the day after.
    try await healProvider()
    for _ in 0..<Self.lastMornings where try await world.value(in: "payment", MonthBooks.unreconciled) > 0 {
      try await goToNextMorning()
    }
  }

  /// Bought, paid, given up.
  private func morning(_ day: Int) async throws {
    try await each(plan.sales(on: day)) { try await buy($0) }
    try await world.settle(Self.quiet)
    try await each(plan.sales(on: day)) { try await pay($0) }
  }

  /// Received, given back, paid when it is too late.
  private func afternoon(_ day: Int) async throws {
    try await each(plan.sales.filter { $0.isReceived && $0.day + MonthPlan.delivery == day }) { try await receive($0) }
    try await each(plan.sales.filter { $0.fate == .late && $0.day + 2 == day }) { try await payLate($0) }
    let returned = plan.sales.filter { sale in sale.givingBack.map { sale.day + $0.delay == day } ?? false }
    try await each(returned) { try await giveBack($0) }
  }

  /// Nothing is under way any more, at the provider either.
  static let quiet: [Invariant] = [
    .zero("webhooks on their way", in: "sandbox", "select count(*) from webhook where due_at is not null"),
    .zero("payouts about to come back", in: "sandbox", "select count(*) from payout where reverse_at is not null"),
    .zero(
      "calls without an outcome", in: "payment",
      """
      select (select count(*) from gateway_invoice where status = 'creating')
        + (select count(*) from refund where status in ('approved', 'processing') and method = 'original_payment')
        + (select count(*) from payout where status in ('creating', 'accepted'))
      """),
    .zero(
      "withdrawals that nobody has sent", in: "wallet",
      "select count(*) from withdrawal_request where status in ('requested', 'approved')"),
  ]

  /// The night's reconciliation has come to an end, be it one that is to be gone on with.
  static let isReconciled = Invariant("no reconciliation is under way") { world in
    let now = try await world.now()
    let yesterday = try await world.value(
      in: "payment",
      """
      select count(*) from reconciliation_run
      where (status <> 'running' or worker_until <= \(now))
        and recon_date = (\(now)::timestamptz at time zone 'Asia/Jakarta')::date - 1
      """)
    return yesterday == 1 ? nil : "yesterday's is"
  }

  /// What nobody paid in time has ended, so that whoever pays now pays late.
  static let isExpired = Invariant("payments whose time is over have ended") { world in
    let now = try await world.now()
    let left = try await world.value(
      in: "payment",
      "select count(*) from payment where status = 'awaiting_payment' and expires_at < \(now)::timestamptz - interval '1 hour'"
    )
    return left == 0 ? nil : "\(left) have not"
  }

  /// Last week's sellers have been paid, on a Monday.
  static let isSettled = Invariant("no settlement is under way") { world in
    let now = try await world.now()
    let lastWeek = try await world.value(
      in: "payment",
      """
      select count(*) from settlement_batch
      where status = 'completed' and period_end = (\(now)::timestamptz at time zone 'Asia/Jakarta')::date
      """)
    return lastWeek == 1 ? nil : "last week's is"
  }

  private static let lastMornings = 14

  /// A few at a time, so that they meet each other.
  private func each<Item: Sendable>(
    _ items: [Item], _ body: @escaping @Sendable (Item) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      var rest = items.makeIterator()
      for _ in 0..<12 {
        guard let item = rest.next() else { break }
        group.addTask { try await body(item) }
      }
      while try await group.next() != nil {
        if let item = rest.next() { group.addTask { try await body(item) } }
      }
    }
  }
}

/// Where buyers who are late had been told to pay; afterwards nobody is told any more.
actor Pages {
  private var pages: [ID: String] = [:]

  func remember(_ page: String, of order: ID) { pages[order] = page }
  func page(of order: ID) -> String? { pages[order] }
}
