import FunctionKit

/// An order as cashback sees it.
struct CompletedOrder: Sendable, Equatable {
  struct Item: Decodable, Sendable, Equatable {
    var productId: ID
    var categoryId: ID
    var brandId: ID?
    /// What was paid for it and kept, in rupiah.
    var netTotal: Int
  }

  var id: ID
  var user: ID
  var items: [Item]
  /// What the goods come to that were kept, in rupiah.
  var goods: Int
  /// The user's first is 1.
  var ordinal: Int
  var completedAt: Instant
}

extension CashbackRule {
  /// What the rule counts of an order; nil when the order does not earn it.
  func base(of order: CompletedOrder) -> Int? {
    guard isActive, startsAt <= order.completedAt, order.completedAt < endsAt ?? .distantFuture, hasRoom,
      !newCustomersOnly || order.ordinal == 1, isTriggered(by: order),
      (minOrder ?? 0)...(max(maxOrder ?? .max, minOrder ?? 0)) ~= order.goods
    else { return nil }
    let base = order.items.filter(counts).map(\.netTotal).reduce(0, +)
    return base > 0 ? base : nil
  }

  private func isTriggered(by order: CompletedOrder) -> Bool {
    switch trigger {
    case .firstOrder: order.ordinal == 1
    case .nthOrder: order.ordinal == nth
    case .orderCompleted, .brandPurchase, .categoryPurchase: true
    }
  }

  /// A purchase of a brand or of a category counts its own items alone.
  private func counts(_ item: CompletedOrder.Item) -> Bool {
    guard !excludedProductIds.contains(item.productId) else { return false }
    let isBrand = item.brandId.map(brandIds.contains) ?? false
    let isCategory = categoryIds.contains(item.categoryId)
    switch trigger {
    case .brandPurchase: return isBrand
    case .categoryPurchase: return isCategory
    case .orderCompleted, .firstOrder, .nthOrder:
      return (brandIds.isEmpty || isBrand) && (categoryIds.isEmpty || isCategory)
    }
  }
}

extension Instant {
  fileprivate static let distantFuture = Instant(microseconds: .max)
}
