import FunctionKit

extension Work {
  /// Begins another attempt to get the money to the buyer. With the first one the books owe it to them, and the sellers
  /// have given their part back.
  func start(_ refund: RefundRecord) async throws -> RefundRecord {
    try refund.status.mustAllow(.processing)
    if refund.processingAt == nil { try await takeBack(refund) }
    let started: RefundRecord = try await db.one(
      """
      update refund set status = 'processing', attempts = attempts + 1, gateway_ref = null, failure_code = null,
        failure_reason = null, processing_at = coalesce(processing_at, \(now)), version = version + 1,
        updated_at = \(now)
      where id = \(refund.id) returning \(RefundRecord.columns)
      """)
    try await record(refund.id, from: refund.status, to: .processing)
    return started
  }

  private func takeBack(_ refund: RefundRecord) async throws {
    var lines = try await db.refundLines(of: refund.id)
    for index in lines.indices { lines[index] = try await reverseSale(lines[index], for: refund) }
    try await post([.refundStart(refund, lines.map(\.returned), wasHandedOver: refund.wasHandedOver)])
  }
}
