import FunctionKit

/// Ends a refund that finance has transferred by hand, with the bank's reference as proof.
struct CompleteManualRefund: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var transferReference: String
    var proofUrl: String?

    static let limits: [String: FieldLimit] = [
      "transferReference": .text(referenceLength), "proofUrl": .text(urlLength).and(.pattern("^https://")),
    ]
    static let referenceLength = 1...255
    static let urlLength = 9...500
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<RefundView> {
    try input.validate()
    let work = context.ownWork(because: "complete_manual_refund")
    guard let refund = try await work.holdRefund(input.id)?.refund else { throw Problem.notFound("refund") }
    // One that the provider may be sending at this moment would go back twice.
    guard refund.status == .failed || refund.status == .approved else {
      throw Problem.invalidState("refund", from: refund.status.rawValue, to: RefundStatus.completed.rawValue)
    }
    let started = try await work.start(refund)
    try await work.db.run(
      """
      update refund set method = 'bank_transfer', transfer_reference = \(input.transferReference),
        proof_url = \(input.proofUrl)
      where id = \(refund.id)
      """)
    _ = try await work.complete(started)
    return try await RefundView.reply(input.id, from: context.db)
  }
}

extension CompleteManualRefund.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    validation.text(transferReference, "transferReference", length: Self.referenceLength)
    validation.text(proofUrl, "proofUrl", length: Self.urlLength)
    validation.require(proofUrl?.hasPrefix("https://") ?? true, "proofUrl", "must be an https address")
    try validation.finish()
  }
}
