import FunctionKit

extension CreateRefund.Input: Limited {
  static let limits: [String: FieldLimit] = [
    "amount": .range(1...2 * CreateRefund.Line.most), "lines": .count(counts), "orderItemIds": .count(1...100),
    "notes": .text(notesLength),
  ]
  private static let counts = 1...20
  private static let notesLength = 1...1000

  /// - Throws: ``Problem`` 422 with every failing field.
  func validate(for requester: Requester) throws {
    var validation = Validation()
    validation.require(orderId != nil || paymentId != nil, "orderId", "or paymentId is required", code: "required")
    let isAutomatic = reason.isSurplus || (reason == .orderCancelled && !requester.isService)
    validation.require(!isAutomatic, "reason", "is never asked for: such money goes back by itself")
    validation.range(amount, "amount", 1...2 * CreateRefund.Line.most)
    validation.require(amount == nil || lines == nil, "amount", "must not be beside lines")
    validation.range(orderItemIds?.count, "orderItemIds", 1...100, code: "length")
    validation.text(notes, "notes", length: Self.notesLength)
    validation.range(lines?.count, "lines", Self.counts, code: "length")
    for (index, line) in (lines ?? []).enumerated() { line.check("lines[\(index)]", &validation) }
    validation.require(bank == nil || method == .bankTransfer, "bank", "is for method bank_transfer")
    bank?.check("bank", &validation)
    try validation.finish()
  }
}

extension CreateRefund.Line: Limited {
  static let limits = Dictionary(
    uniqueKeysWithValues: ["merchandise", "shipping", "tax", "fee", "sellerReversal"].map {
      ($0, FieldLimit.range(0...most))
    })
  fileprivate static let most = 1_000_000_000

  fileprivate func check(_ field: String, _ validation: inout Validation) {
    let amounts = [
      ("merchandise", merchandise), ("shipping", shipping), ("tax", tax), ("fee", fee),
      ("sellerReversal", sellerReversal),
    ]
    for (name, amount) in amounts { validation.range(amount, "\(field).\(name)", 0...Self.most) }
  }
}
