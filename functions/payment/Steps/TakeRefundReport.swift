import FunctionKit

extension Work {
  /// Does what a report of the provider asks for: the same whether it came by webhook, by asking, or twice.
  func take(_ report: RefundReport) async throws -> Outcome {
    guard let refund = try await holdRefund(reported: report)?.refund else {
      return .parked("there is no refund \(report.referenceId ?? report.gatewayRef)")
    }
    let verdict = RefundVerdict.on(report, refund: refund)
    switch verdict {
    case .ignore(let reason): return .ignored(reason)
    case .park(let reason): return .parked(reason)
    case .await, .complete, .fail:
      try await note(report, on: refund)
      try await end(refund, verdict)
      return .processed
    }
  }

  private func end(_ refund: RefundRecord, _ verdict: RefundVerdict) async throws {
    switch verdict {
    case .complete: _ = try await complete(reopened(refund))
    case .fail(let code): try await fail(refund, code: code, reason: nil)
    case .await, .ignore, .park: break
    }
  }

  private func note(_ report: RefundReport, on refund: RefundRecord) async throws {
    try await db.run(
      "update refund set gateway_ref = \(report.gatewayRef), updated_at = \(now) where id = \(refund.id)")
  }

  /// One that was said to have failed, and went through after all.
  func reopened(_ refund: RefundRecord) async throws -> RefundRecord {
    guard refund.status == .failed else { return refund }
    try refund.status.mustAllow(.processing)
    try await record(refund.id, from: refund.status, to: .processing, note: "succeeded after all")
    return try await db.one(
      "update refund set status = 'processing' where id = \(refund.id) returning \(RefundRecord.columns)")
  }
}
