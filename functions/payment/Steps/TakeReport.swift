import FunctionKit

extension Work {
  /// Does what a report of the provider asks for: the same whether it came by webhook, by asking, or twice.
  func take(_ report: GatewayReport) async throws -> Outcome {
    guard var held = try await hold(reported: report) else {
      return .parked("there is no invoice \(report.externalId)")
    }
    // The answer that opened it may have been lost, but the provider knows it.
    if held.invoice.status == .creating { held = try await open(held, as: report) }
    switch Verdict.on(report, invoice: held.invoice, payments: held.payments) {
    case .ignore(let reason): return .ignored(reason)
    case .park(let reason): return .parked(reason)
    case .expire: try await expire(held)
    case .collect(let takings): try await collect(takings, report, held.invoice)
    case .confirm(let excess): try await confirm(excess, report, held)
    case .duplicate: try await giveBackDuplicate(report, held)
    case .short:
      try await keepShort(report, held.invoice)
      return .parked("\(report.amount) was paid of \(held.invoice.amount)")
    }
    return .processed
  }
}
