import FunctionKit

/// What a seller gets of a sale.
struct CalculatePayout: Endpoint {
  struct Input: Decodable, Limited {
    /// Rupiah of goods, without shipping, tax and fee.
    var grossAmount: Int
    /// By the caller's own rate, or the default, when left out.
    var commissionAmount: Int?

    static let limits: [String: FieldLimit] = ["grossAmount": .range(amounts), "commissionAmount": .range(amounts)]
    static let amounts = 0...1_000_000_000
  }

  struct Share: Codable, Sendable {
    var gross: Int
    var commission: Int
    var net: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Share {
    var validation = Validation()
    validation.range(input.grossAmount, "grossAmount", Input.amounts)
    validation.range(input.commissionAmount, "commissionAmount", Input.amounts)
    validation.require(
      input.commissionAmount ?? 0 <= input.grossAmount, "commissionAmount", "must be at most the grossAmount")
    try validation.finish()
    let commission =
      if let given = input.commissionAmount { given } else { try await commission(on: input.grossAmount, context) }
    return Share(gross: input.grossAmount, commission: commission, net: input.grossAmount - commission)
  }

  private func commission(on gross: Int, _ context: Context) async throws -> Int {
    share(of: gross, basisPoints: try await context.db.commissionRate(of: context.caller.sellerID, at: context.now))
  }
}
