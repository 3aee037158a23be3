import FunctionKit

/// Lets buyers pay by a channel or not, and says how much at once. What is left out stays.
struct SetChannel: Endpoint {
  struct Input: Decodable, Limited {
    var code: String
    var enabled: Bool?
    /// Rupiah.
    var minAmount: Int?
    var maxAmount: Int?

    static let limits: [String: FieldLimit] = ["minAmount": .range(amounts), "maxAmount": .range(amounts)]
    static let amounts = 0...50_000_000_000
  }

  struct Channel: Codable, Sendable {
    var code: String
    var kind: String
    var name: String
    var enabled: Bool
    var minAmount: Int
    var maxAmount: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Channel {
    let held: ChannelRecord? = try await context.db.first(
      "select \(ChannelRecord.columns) from payment_channel where code = \(input.code) for no key update")
    guard let held else { throw Problem.notFound("channel") }
    var validation = Validation()
    validation.range(input.minAmount, "minAmount", Input.amounts)
    validation.range(input.maxAmount, "maxAmount", Input.amounts)
    let (least, most) = (input.minAmount ?? held.minAmount, input.maxAmount ?? held.maxAmount)
    validation.require(least <= most, "maxAmount", "must not be less than minAmount", code: "range")
    try validation.finish()
    return try await context.db.one(
      """
      update payment_channel set enabled = \(input.enabled ?? held.enabled), min_amount = \(least),
        max_amount = \(most), updated_at = \(context.now)
      where code = \(input.code) returning code, kind, name, enabled, min_amount, max_amount
      """)
  }
}
