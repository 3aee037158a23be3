import FunctionKit

/// Changes for how long and how often a rule gives; what was promised stays promised.
struct UpdateCashbackRule: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var name: String?
    var maxCashback: Int?
    var perUserLimit: Int?
    var totalLimit: Int?
    var creditAfterDays: Int?
    var endsAt: Instant?
    var priority: Int?
    var isActive: Bool?

    static let limits = CashbackLimits.fields.filter {
      ["name", "maxCashback", "perUserLimit", "totalLimit", "creditAfterDays", "priority"].contains($0.key)
    }
  }

  func handle(_ input: Input, context: Context) async throws -> CashbackRule {
    let found: CashbackRule? = try await context.db.first(
      """
      select \(CashbackRule.columns) from cashback_rule where id = \(input.id) and deleted_at is null for update
      """)
    guard let rule = found else { throw Problem.notFound("cashback rule") }
    try context.requireVersion(rule.version)
    try input.validate(rule)
    return try await context.db.one(
      """
      update cashback_rule set name = \(input.name ?? rule.name),
        max_cashback = \(input.maxCashback ?? rule.maxCashback),
        per_user_limit = \(input.perUserLimit ?? rule.perUserLimit),
        total_limit = \(input.totalLimit ?? rule.totalLimit),
        credit_after_days = \(input.creditAfterDays ?? rule.creditAfterDays),
        ends_at = \(input.endsAt ?? rule.endsAt), priority = \(input.priority ?? rule.priority),
        is_active = \(input.isActive ?? rule.isActive), version = version + 1, updated_at = \(context.now)
      where id = \(rule.id) returning \(CashbackRule.columns)
      """)
  }
}

extension UpdateCashbackRule.Input {
  fileprivate func validate(_ rule: CashbackRule) throws {
    var validation = Validation()
    validation.text(name, "name", length: CashbackLimits.name)
    for (field, value) in [
      ("maxCashback", maxCashback), ("perUserLimit", perUserLimit), ("creditAfterDays", creditAfterDays),
      ("priority", priority),
    ] {
      if let range = CashbackLimits.numbers[field] { validation.range(value, field, range) }
    }
    validation.range(totalLimit, "totalLimit", max(1, rule.usedCount)...1_000_000_000)
    validation.require(
      maxCashback ?? .max >= rule.minCashback ?? 0, "maxCashback", "must not be below minCashback", code: "range")
    let isLater = endsAt.map { $0 > rule.startsAt } ?? true
    validation.require(isLater, "endsAt", "must be after startsAt", code: "range")
    try validation.finish()
  }
}
