import FunctionKit

/// Finds a thing by the number that people read out, whatever it is: `PAY-`, `REF-`, `SET-`, `COM-` or `PYT-`.
struct FindTransaction: Endpoint {
  struct Input: Decodable {
    var code: String
  }

  /// What it is, and the thing as its own function shows it.
  struct Found: Encodable, Sendable {
    enum Thing: Sendable {
      case payment(Ready<PaymentView>)
      case refund(RefundView)
      case settlement(SettlementView)
      case commission(CommissionView)
      case payout(PayoutView)
    }

    var thing: Thing
  }

  func handle(_ input: Input, context: Context) async throws -> Found {
    guard let thing = try await context.db.thing(numbered: input.code) else { throw Problem.notFound("transaction") }
    return Found(thing: thing)
  }
}

extension Database {
  fileprivate func thing(numbered code: String) async throws -> FindTransaction.Found.Thing? {
    switch code.prefix(4) {
    case "PAY-":
      let payment: ShownPayment? = try await first(
        "select \(ShownPayment.columns) from payment where payment_number = \(code)")
      return payment.map { .payment($0.shown) }
    case "REF-":
      let refund: RefundRecord? = try await first(
        "select \(RefundRecord.columns) from refund where refund_number = \(code)")
      return refund.map { .refund(RefundView($0)) }
    case "COM-":
      let commission: CommissionRecord? = try await first(
        "select \(CommissionRecord.columns) from commission_ledger where ledger_number = \(code)")
      return commission.map { .commission(CommissionView($0)) }
    case "PYT-":
      let payout: PayoutRecord? = try await first(
        "select \(PayoutRecord.columns) from payout where payout_number = \(code)")
      return payout.map { .payout(PayoutView($0)) }
    case "SET-":
      let settlement: SettlementRecord? = try await first(
        "select \(SettlementRecord.columns) from settlement where settlement_number = \(code)")
      return settlement.map { .settlement(SettlementView($0)) }
    default: return nil
    }
  }
}

extension FindTransaction.Found: SchemaDescribing {
  fileprivate enum CodingKeys: String, CodingKey { case type, data }

  func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    switch thing {
    case .payment(let view): try members.encode("payment", view)
    case .refund(let view): try members.encode("refund", view)
    case .settlement(let view): try members.encode("settlement", view)
    case .commission(let view): try members.encode("commission", view)
    case .payout(let view): try members.encode("payout", view)
    }
  }

  static var jsonSchema: JSON {
    [
      "type": "object",
      "properties": [
        "type": ["type": "string", "enum": ["payment", "refund", "settlement", "commission", "payout"]],
        "data": ["type": "object"],
      ], "required": ["type", "data"],
    ]
  }
}

extension KeyedEncodingContainer where Key == FindTransaction.Found.CodingKeys {
  fileprivate mutating func encode(_ type: String, _ view: some Encodable) throws {
    try encode(type, forKey: .type)
    try encode(view, forKey: .data)
  }
}
