import FunctionKit

/// Changes what a seller pays, or everybody who has no rate of their own, from a moment on. What was captured before keeps
/// its rate.
struct SetCommissionRate: Endpoint {
  struct Input: Decodable, Limited {
    /// The default for all when left out.
    var sellerId: ID?
    var rateBp: Int
    /// Not in the past.
    var effectiveFrom: Instant
    var reason: String

    static let limits: [String: FieldLimit] = ["rateBp": .range(rates), "reason": .text(reasonLength)]
    static let rates = 0...10_000
    static let reasonLength = 3...500
  }

  func handle(_ input: Input, context: Context) async throws -> CommissionRateView {
    var validation = Validation()
    validation.range(input.rateBp, "rateBp", Input.rates)
    validation.text(input.reason, "reason", length: Input.reasonLength)
    validation.require(input.effectiveFrom >= context.now, "effectiveFrom", "must not be in the past")
    try validation.finish()
    let user = try context.requireUser()
    return try await context.ownWork(because: "set_commission_rate").set(input, by: user)
  }
}

extension Work {
  /// The rate before it ends where this one begins; one that is planned already does not give way.
  fileprivate func set(_ input: SetCommissionRate.Input, by user: ID) async throws -> CommissionRateView {
    try await lock("commission_rate:\(input.sellerId?.description ?? "")")
    let isPlanned = try await db.one(
      """
      select exists (select from commission_rate where seller_id is not distinct from \(input.sellerId)::uuid
        and (effective_from >= \(input.effectiveFrom) or effective_to > \(input.effectiveFrom)))
      """, as: Bool.self)
    guard !isPlanned else {
      throw Problem(422, "overlapping_period", "Another rate begins or ends after that; choose a later moment.")
    }
    try await db.run(
      """
      update commission_rate set effective_to = \(input.effectiveFrom), updated_at = \(now)
      where seller_id is not distinct from \(input.sellerId)::uuid and effective_to is null
      """)
    return try await db.one(
      """
      insert into commission_rate (id, seller_id, rate_bp, reason, effective_from, set_by, created_at, updated_at)
      values (\(context.newID()), \(input.sellerId), \(input.rateBp), \(input.reason), \(input.effectiveFrom),
        \(user.description), \(now), \(now))
      returning id, seller_id, rate_bp, reason, effective_from, effective_to, set_by
      """)
  }
}

/// A rate and when it counts.
struct CommissionRateView: Codable, Sendable {
  var id: ID
  /// Nil for the default.
  var sellerId: ID?
  var rateBp: Int
  var reason: String
  var effectiveFrom: Instant
  var effectiveTo: Instant?
  var setBy: String
}
