import FunctionKit

/// Sets up when cashback is earned.
struct CreateCashbackRule: Endpoint {
  struct Input: Decodable, Limited {
    var name: String
    var trigger: CashbackRule.Trigger
    var nth: Int?
    var minOrder: Int?
    var maxOrder: Int?
    var kind: CashbackRule.Kind
    /// Basis points, of a percentage.
    var valueBp: Int?
    /// Rupiah, of a fixed amount.
    var value: Int?
    var maxCashback: Int?
    var minCashback: Int?
    var brandIds: [ID]?
    var categoryIds: [ID]?
    var excludedProductIds: [ID]?
    var newCustomersOnly: Bool?
    var perUserLimit: Int?
    var totalLimit: Int?
    var creditAfterDays: Int?
    var startsAt: Instant
    var endsAt: Instant?
    var priority: Int?

    static let limits = CashbackLimits.fields
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<CashbackRule> {
    try input.validate()
    let now = context.now
    let made: CashbackRule = try await context.db.one(
      """
      insert into cashback_rule (id, name, trigger, nth, min_order, max_order, kind, value_bp, value, max_cashback,
        min_cashback, brand_ids, category_ids, excluded_product_ids, new_customers_only, per_user_limit, total_limit,
        credit_after_days, starts_at, ends_at, priority, created_at, updated_at)
      values (\(context.newID()), \(input.name), \(input.trigger), \(input.nth), \(input.minOrder), \(input.maxOrder),
        \(input.kind), \(input.valueBp), \(input.value), \(input.maxCashback), \(input.minCashback),
        \(input.brandIds ?? []), \(input.categoryIds ?? []), \(input.excludedProductIds ?? []),
        \(input.newCustomersOnly ?? false), \(input.perUserLimit), \(input.totalLimit), \(input.creditAfterDays ?? 0),
        \(input.startsAt), \(input.endsAt), \(input.priority ?? 0), \(now), \(now))
      returning \(CashbackRule.columns)
      """)
    return Reply(made, status: 201)
  }
}

extension CreateCashbackRule.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    validation.text(name, "name", length: CashbackLimits.name)
    checkNeeds(&validation)
    checkNumbers(&validation)
    let isLater = endsAt.map { $0 > startsAt } ?? true
    validation.require(isLater, "endsAt", "must be after startsAt", code: "range")
    try validation.finish()
  }

  /// What only some triggers and kinds can't do without.
  private func checkNeeds(_ validation: inout Validation) {
    validation.require(
      trigger != .nthOrder || nth != nil, "nth", "is needed for the nth order", code: "required")
    validation.require(
      kind != .percentage || valueBp != nil, "valueBp", "is needed for a percentage", code: "required")
    validation.require(kind != .fixed || value != nil, "value", "is needed for a fixed amount", code: "required")
    validation.require(
      trigger != .brandPurchase || !(brandIds ?? []).isEmpty, "brandIds", "must name a brand", code: "required")
    validation.require(
      trigger != .categoryPurchase || !(categoryIds ?? []).isEmpty, "categoryIds", "must name a category",
      code: "required")
  }

  private func checkNumbers(_ validation: inout Validation) {
    for (field, value) in [
      ("nth", nth), ("minOrder", minOrder), ("maxOrder", maxOrder), ("valueBp", valueBp), ("value", value),
      ("maxCashback", maxCashback), ("minCashback", minCashback), ("perUserLimit", perUserLimit),
      ("totalLimit", totalLimit), ("creditAfterDays", creditAfterDays), ("priority", priority),
    ] {
      if let range = CashbackLimits.numbers[field] { validation.range(value, field, range) }
    }
    validation.require(
      minCashback ?? 0 <= maxCashback ?? .max, "maxCashback", "must not be below minCashback", code: "range")
    validation.require(minOrder ?? 0 <= maxOrder ?? .max, "maxOrder", "must not be below minOrder", code: "range")
  }
}

/// What the numbers of a rule may be.
enum CashbackLimits {
  static let name = 1...100
  static let numbers: [String: ClosedRange<Int>] = [
    "nth": 1...1000, "minOrder": 0...1_000_000_000, "maxOrder": 0...1_000_000_000, "valueBp": 1...10_000,
    "value": 1...1_000_000, "maxCashback": 1...1_000_000, "minCashback": 0...1_000_000, "perUserLimit": 1...1_000_000,
    "totalLimit": 1...1_000_000_000, "creditAfterDays": 0...365, "priority": -1000...1000,
  ]

  static let fields: [String: FieldLimit] = numbers.mapValues { FieldLimit.range($0) }
    .merging(["name": .text(name)]) { own, _ in own }
}
