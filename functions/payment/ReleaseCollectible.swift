import FunctionKit

/// Asks after orders that were delivered long ago without anybody telling that they are completed.
struct ReleaseCollectible: CronJob {
  private static let step = 100
  private static let trigger = "release_collectible"
  /// Below the function's time; the next run begins with the oldest again.
  private static let longest: Duration = .minutes(8)

  func handle(_ tick: Tick, context: Context) async throws {
    let limit = context.now + Self.longest
    var last = AwaitedSale.beforeAll
    while context.now < limit {
      let awaited: [AwaitedSale] = try await context.db.all(
        AwaitedSale.due(before: context.now, after: last, most: Self.step))
      for sale in awaited where context.now < limit {
        try await context.skippingFailures("sale \(sale.id) may be completed") { try await ask(sale, context) }
      }
      guard awaited.count == Self.step, let next = awaited.last else { return }
      last = next
    }
  }

  private func ask(_ sale: AwaitedSale, _ context: Context) async throws {
    guard try await context.services.order(sale.orderId).isEarned else { return }
    try await context.work(because: Self.trigger) { work in
      guard let held = try await work.holdCommission(sale.id) else { return }
      _ = try await work.complete(held, at: work.now, base: nil)
    }
  }
}

/// A sale that was delivered and is not known to be completed.
struct AwaitedSale: Decodable, Sendable {
  var id: ID
  var orderId: ID
  var collectibleAfter: Instant

  /// - Parameter last: where the step before ended, so that orders which stay open do not hold up the rest.
  static func due(before limit: Instant, after last: AwaitedSale, most: Int) -> SQL {
    """
    select id, order_id, collectible_after from commission_ledger
    where collectible_at is null and collectible_after is not null and status in ('pending', 'waived')
      and collectible_after < \(limit)
      and (collectible_after, id) > (\(last.collectibleAfter)::timestamptz, \(last.id)::uuid)
    order by collectible_after, id limit \(most)
    """
  }

  static let beforeAll = AwaitedSale(id: .first, orderId: .first, collectibleAfter: Instant(seconds: 0))
}
