import FunctionKit

/// Shows what there is to spend, or what is on its way to that.
struct GetBalance: Endpoint {
  struct Input: Decodable {
    /// CASH unless said; HOLDING or TAX.
    var accountType: String?
    var currency: String?
    var at: Instant?

    enum CodingKeys: String, CodingKey {
      case currency
      case accountType = "account_type"
      case at = "at_timestamp"
    }
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let time = input.at ?? context.now
      let balance =
        switch input.accountType ?? "CASH" {
        case "CASH": try await context.db.balance(at: time)
        case "HOLDING": try await context.db.heldBalance(at: time)
        case "TAX": 0
        default: throw Refusal.invalid([.init(path: "account_type", message: "must be CASH, HOLDING or TAX")])
        }
      return ["balance": .number(JSONNumber(balance))]
    }
  }
}
