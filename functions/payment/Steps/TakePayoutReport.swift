import FunctionKit

extension Work {
  /// Does what a report of the provider asks for: the same whether it came by webhook, by asking, or twice.
  func take(_ report: PayoutReport) async throws -> Outcome {
    guard let payout = try await holdPayout(reported: report) else {
      return .parked("there is no payout \(report.externalId)")
    }
    let verdict = PayoutVerdict.on(report, payout)
    switch verdict {
    case .ignore(let reason): return .ignored(reason)
    case .park(let reason): return .parked(reason)
    case .accept, .succeed, .fail, .cancel, .reverse:
      // The answer that accepted it may have been lost, but the provider has it.
      let accepted = payout.status == .creating ? try await accept(payout, as: report) : payout
      try await end(accepted, verdict, report)
      return .processed
    }
  }

  private func end(_ payout: PayoutRecord, _ verdict: PayoutVerdict, _ report: PayoutReport) async throws {
    switch verdict {
    case .succeed: try await succeed(payout)
    case .fail: try await fail(payout, code: report.failureCode ?? "UNKNOWN", reason: nil)
    case .cancel: try await giveUp(payout, as: .cancelled, code: "CANCELLED")
    case .reverse: try await giveUp(payout, as: .reversed, code: "REVERSED")
    case .accept, .ignore, .park: break
    }
  }
}
