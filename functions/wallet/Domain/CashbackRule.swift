import FunctionKit

/// When cashback is earned, and how much. Rupiah.
struct CashbackRule: Codable, Sendable, Equatable {
  enum Trigger: String, SQLValue, Codable, Sendable, CaseIterable {
    case orderCompleted = "order_completed"
    case firstOrder = "first_order"
    case nthOrder = "nth_order"
    case brandPurchase = "brand_purchase"
    case categoryPurchase = "category_purchase"
  }

  enum Kind: String, SQLValue, Codable, Sendable, CaseIterable {
    case percentage, fixed
  }

  var id: ID
  var name: String
  var trigger: Trigger
  var nth: Int?
  var minOrder: Int?
  var maxOrder: Int?
  var kind: Kind
  /// Basis points.
  var valueBp: Int?
  var value: Int?
  var maxCashback: Int?
  var minCashback: Int?
  var brandIds: [ID]
  var categoryIds: [ID]
  var excludedProductIds: [ID]
  var newCustomersOnly: Bool
  var perUserLimit: Int?
  var totalLimit: Int?
  var usedCount: Int
  var creditAfterDays: Int
  var startsAt: Instant
  var endsAt: Instant?
  var priority: Int
  var isActive: Bool
  var version: Int

  static let columns: SQL = """
    id, name, trigger, nth, min_order, max_order, kind, value_bp, value, max_cashback, min_cashback, brand_ids,
    category_ids, excluded_product_ids, new_customers_only, per_user_limit, total_limit, used_count, credit_after_days,
    starts_at, ends_at, priority, is_active, version
    """
}

extension CashbackRule {
  /// A percentage is rounded half up, once; either kind is then brought within the rule's bounds.
  func amount(on base: Int) -> Int {
    let raw = kind == .fixed ? value ?? 0 : (base * (valueBp ?? 0) + 5000) / 10_000
    return max(min(raw, maxCashback ?? .max), minCashback ?? 0)
  }

  var hasRoom: Bool { usedCount < totalLimit ?? .max }
}
