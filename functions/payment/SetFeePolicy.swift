import FunctionKit

/// Changes what buyers pay for paying, from a moment on. What was billed before keeps its fee.
struct SetFeePolicy: Endpoint {
  struct Input: Decodable, Limited {
    /// Any when left out.
    var purpose: Purpose?
    /// Any when left out.
    var channelKind: ChannelKind?
    var rateBp: Int
    /// Rupiah; none unless said.
    var fixedAmount: Int?
    /// What the rate is of; the goods unless said.
    var base: FeePolicy.Base?
    /// Not in the past.
    var effectiveFrom: Instant
    var effectiveTo: Instant?

    static let limits: [String: FieldLimit] = ["rateBp": .range(rates), "fixedAmount": .range(amounts)]
    static let rates = 0...10_000
    static let amounts = 0...1_000_000_000
  }

  func handle(_ input: Input, context: Context) async throws -> FeePolicyView {
    var validation = Validation()
    validation.range(input.rateBp, "rateBp", Input.rates)
    validation.range(input.fixedAmount, "fixedAmount", Input.amounts)
    validation.require(input.effectiveFrom >= context.now, "effectiveFrom", "must not be in the past")
    let isForward = input.effectiveTo.map { $0 > input.effectiveFrom } ?? true
    validation.require(isForward, "effectiveTo", "must be after effectiveFrom")
    // Without an end to it, so that there always is a fee.
    let isForAll = input.purpose == nil && input.channelKind == nil
    validation.require(!isForAll || input.effectiveTo == nil, "effectiveTo", "must be left out of the policy for all")
    try validation.finish()
    return try await context.ownWork(because: "set_fee_policy").set(input)
  }
}

/// What kind of channel a payment takes, as fee policies name it.
enum ChannelKind: String, Codable, SQLValue, Sendable, CaseIterable {
  case virtualAccount = "virtual_account"
  case bankTransfer = "bank_transfer"
  case card, ewallet, qris
  case retailOutlet = "retail_outlet"
  case paylater, wallet
}

extension Work {
  /// The policy before it ends where this one begins; one that is planned already does not give way.
  fileprivate func set(_ input: SetFeePolicy.Input) async throws -> FeePolicyView {
    try await lock("fee_policy:\(input.purpose?.rawValue ?? ""):\(input.channelKind?.rawValue ?? "")")
    let same: SQL = """
      purpose is not distinct from \(input.purpose)::text and channel_kind is not distinct from \(input.channelKind)::text
      """
    let isPlanned = try await db.one(
      """
      select exists (select from fee_policy where \(same)
        and (effective_to is not null or effective_from >= \(input.effectiveFrom))
        and tstzrange(effective_from, effective_to) && tstzrange(\(input.effectiveFrom), \(input.effectiveTo)))
      """, as: Bool.self)
    guard !isPlanned else {
      throw Problem(422, "overlapping_period", "Another policy for the same counts then; choose another time.")
    }
    try await db.run(
      """
      update fee_policy set effective_to = \(input.effectiveFrom), updated_at = \(now)
      where \(same) and effective_to is null and effective_from < \(input.effectiveFrom)
      """)
    return try await db.one(
      """
      insert into fee_policy (id, purpose, channel_kind, rate_bp, fixed_amount, base, effective_from, effective_to,
        created_at, updated_at)
      values (\(context.newID()), \(input.purpose), \(input.channelKind), \(input.rateBp), \(input.fixedAmount ?? 0),
        \((input.base ?? .goods).rawValue), \(input.effectiveFrom), \(input.effectiveTo), \(now), \(now))
      returning id, purpose, channel_kind, rate_bp, fixed_amount, base, effective_from, effective_to
      """)
  }
}

/// A policy and when it counts.
struct FeePolicyView: Codable, Sendable {
  var id: ID
  var purpose: Purpose?
  var channelKind: ChannelKind?
  var rateBp: Int
  var fixedAmount: Int
  var base: FeePolicy.Base
  var effectiveFrom: Instant
  var effectiveTo: Instant?
}
