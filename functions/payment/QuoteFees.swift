import FunctionKit

/// What a bill would come to, for a page that shows it before anything is ordered.
struct QuoteFees: Endpoint {
  struct Input: Decodable, Limited {
    var lines: [CreatePayment.Line]
    var channel: String?
    var walletAmount: Int?

    static let limits: [String: FieldLimit] = ["lines": .count(counts), "walletAmount": .range(amounts)]
    fileprivate static let counts = 1...400
    fileprivate static let amounts = 0...20_000_000_000
  }

  struct Quote: Codable, Sendable {
    var feeAmount: Int
    var amount: Int
    var gatewayAmount: Int
    var policy: FeePolicy
  }

  func handle(_ input: Input, context: Context) async throws -> Quote {
    try input.validate()
    let channel = try await context.db.usableChannel(input.channel)
    let policy = try await context.db.feePolicy(.order, kind: channel?.kind, at: context.now)
    let (lines, wallet) = (input.lines.map(\.amounts), input.walletAmount ?? 0)
    let due = lines.sum().due
    guard wallet <= due else { throw Problem.outOfRange(wallet, 0...due) }
    let bill = Bill([lines], wallet: wallet, policy: policy)
    return Quote(feeAmount: bill.fee, amount: due + bill.fee, gatewayAmount: bill.gateway, policy: policy)
  }
}

extension QuoteFees.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    validation.require(Self.counts.contains(lines.count), "lines", "must have 1 to 400 entries", code: "length")
    for (index, line) in lines.enumerated() { CreatePayment.Input.check(line, "lines[\(index)]", &validation) }
    validation.range(walletAmount, "walletAmount", Self.amounts)
    try validation.finish()
  }
}
