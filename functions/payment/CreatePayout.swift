import FunctionKit

/// Pays a withdrawal out to the account that its owner has named.
///
/// The row is committed before the provider is asked, so that whatever happens to its answer can be made good later.
struct CreatePayout: Endpoint {
  private static let trigger = "create_payout"

  struct Input: Decodable {
    /// `withdrawal`: the other kinds begin here, not at a caller's.
    var kind: PayoutKind
    var referenceId: ID
    var amount: Int
    var channelCode: String
    var accountNumber: String
    var accountHolder: String
  }

  /// 201 with a new payout, 200 with the one that there is for the reference.
  func handle(_ input: Input, context: Context) async throws -> Reply<PayoutView> {
    try input.validate()
    let order = PayoutOrder(
      kind: input.kind, reference: input.referenceId, amount: input.amount, channelCode: input.channelCode,
      accountNumber: input.accountNumber, accountHolder: input.accountHolder,
      requestedBy: context.caller.userID?.description ?? "service")
    let (payout, isNew) = try await context.work(because: Self.trigger) { try await $0.startPayout(order) }
    if isNew { try await context.sendPayout(payout, because: Self.trigger) }
    let last = try await context.db.payout(payout.id) ?? payout
    return Reply(PayoutView(last), status: isNew ? 201 : 200)
  }
}

extension CreatePayout.Input: Limited {
  static let limits: [String: FieldLimit] = [
    "amount": .range(amounts), "channelCode": .text(codeLength),
    "accountNumber": .text(numberLength).and(.pattern("^[0-9]+$")), "accountHolder": .text(holderLength),
  ]
  private static let amounts = 1...1_000_000_000
  private static let codeLength = 1...40
  private static let numberLength = 5...30
  private static let holderLength = 1...100

  /// - Throws: ``Problem`` 422 with every failing field.
  fileprivate func validate() throws {
    var validation = Validation()
    validation.require(kind == .withdrawal, "kind", "must be withdrawal")
    validation.range(amount, "amount", Self.amounts)
    validation.text(channelCode, "channelCode", length: Self.codeLength)
    validation.text(accountNumber, "accountNumber", length: Self.numberLength)
    let isNumber = accountNumber.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    validation.require(isNumber, "accountNumber", "must be digits")
    validation.text(accountHolder, "accountHolder", length: Self.holderLength)
    try validation.finish()
  }
}
