import FunctionKit

/// Has a seller's next settlement add or take something besides the sales.
struct AddAdjustment: Endpoint {
  struct Input: Decodable, Limited {
    var sellerId: ID
    /// What refunds bring about comes with the refund.
    var kind: AdjustmentKind
    /// Rupiah, not nothing; less than nothing when the seller bears it.
    var amount: Int
    /// What it is about: one adjustment of a kind each.
    var referenceId: ID
    var reason: String

    static let limits: [String: FieldLimit] = ["amount": .range(amounts), "reason": .text(reasonLength)]
    static let amounts = -1_000_000_000...1_000_000_000
    static let reasonLength = 3...500
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<AdjustmentView> {
    try input.validate(isStaff: context.caller.userID != nil)
    let work = context.ownWork(because: "add_adjustment")
    let adjustment = try await work.insert(
      NewAdjustment(
        seller: input.sellerId, kind: input.kind, amount: input.amount, reference: input.referenceId,
        reason: input.reason, by: context.caller.userID?.description ?? "service"))
    guard let adjustment else {
      throw Problem(
        409, "adjustment_exists", "There is an adjustment of kind \(input.kind.rawValue) for this reference already.")
    }
    return Reply(AdjustmentView(adjustment), status: 201)
  }
}

/// The same where only services come.
struct AddInternalAdjustment: Endpoint {
  func handle(_ input: AddAdjustment.Input, context: Context) async throws -> Reply<AdjustmentView> {
    try await AddAdjustment().handle(input, context: context)
  }
}

extension AddAdjustment.Input {
  /// - Throws: ``Problem`` 422 with every failing field.
  fileprivate func validate(isStaff: Bool) throws {
    let kinds: [AdjustmentKind] = isStaff ? [.adSpend, .shippingOverage, .manual] : [.adSpend, .shippingOverage]
    var validation = Validation()
    validation.require(
      kinds.contains(kind), "kind", "must be one of \(kinds.map(\.rawValue).joined(separator: ", "))")
    validation.range(amount, "amount", Self.amounts)
    validation.require(amount != 0, "amount", "must not be 0")
    validation.text(reason, "reason", length: Self.reasonLength)
    try validation.finish()
  }
}
