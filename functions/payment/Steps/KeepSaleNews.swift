import FunctionKit

extension Work {
  /// Makes what is told of an order and its capture wait for each other, so that neither misses the other.
  func lockSale(ofOrder order: ID) async throws { try await lock("sale:\(order)") }

  /// Acts on it, or keeps it until the sale is known.
  func hear(_ news: SaleNews) async throws {
    try await lockSale(ofOrder: news.orderId)
    if try await !apply(news) { try await keep(news) }
  }

  /// Keeps what came before the capture.
  private func keep(_ news: SaleNews) async throws {
    try await db.run(
      """
      insert into state_history (id, entity, entity_id, to_state, trigger, actor, note, created_at)
      values (\(context.newID()), 'order', \(news.orderId), \(news.kind), \(trigger), \(actor), \(AsJSON(news)), \(now))
      """)
  }

  /// Acts on what was told of an order before its payment was captured.
  func applyKeptNews(ofOrder order: ID) async throws {
    try await lockSale(ofOrder: order)
    let kept: [KeptNews] = try await db.all(
      """
      select note::jsonb as news from state_history
      where entity = 'order' and entity_id = \(order) and to_state in ('delivered', 'completed') order by created_at, id
      """)
    for kept in kept { _ = try await apply(kept.news) }
  }

  /// - Returns: whether there is a sale to act on.
  private func apply(_ news: SaleNews) async throws -> Bool {
    let sales: [CommissionRecord] = try await db.all(
      """
      select \(CommissionRecord.columns) from commission_ledger
      where order_id = \(news.orderId) and (\(news.sellerId)::uuid is null or seller_id = \(news.sellerId))
      order by id for no key update
      """)
    for sale in sales {
      switch news.kind {
      case .delivered: try await startReturnWindow(of: sale, at: news.at)
      case .completed: _ = try await complete(sale, at: news.at, base: news.commissionBase)
      }
    }
    return !sales.isEmpty
  }
}

private struct KeptNews: Decodable, Sendable {
  var news: SaleNews
}
