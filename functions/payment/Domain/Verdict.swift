import FunctionKit

/// What a report means for the invoice it is about.
enum Verdict: Sendable, Equatable {
  /// Nothing that is not known already.
  case ignore(String)
  /// Something that a person has to look at.
  case park(String)
  case expire
  /// The money of the invoice, for the first time.
  case collect(Takings)
  /// Less than the invoice asks for, which pays nothing.
  case short
  /// The same money again, with what an earlier report did not tell.
  case confirm(excess: Int)
  /// Other money for an invoice that is paid.
  case duplicate
}

extension Verdict {
  static func on(_ report: GatewayReport, invoice: InvoiceRecord, payments: [PaymentRecord]) -> Verdict {
    if let known = invoice.gatewayRef, known != report.gatewayRef {
      return .park("the invoice is \(known), the report is about \(report.gatewayRef)")
    }
    switch report.status {
    case .pending: return .ignore("still to be paid")
    case .expired: return onExpiry(of: invoice)
    case .paid, .settled: return onMoney(report, invoice, payments)
    }
  }

  private static func onExpiry(of invoice: InvoiceRecord) -> Verdict {
    if invoice.paidAmount != nil { return .ignore("expired after money was received") }
    return invoice.status.next.contains(.expired) ? .expire : .ignore("expired while \(invoice.status.rawValue)")
  }

  private static func onMoney(
    _ report: GatewayReport, _ invoice: InvoiceRecord, _ payments: [PaymentRecord]
  ) -> Verdict {
    guard let received = invoice.paidAmount else {
      let takings = Takings(of: report.amount, for: invoice.amount, from: payments)
      return takings.map(Verdict.collect) ?? .short
    }
    let (known, told) = (invoice.gatewayPaymentId, report.paymentId)
    let isSame = known == nil || told == nil || known == told
    guard invoice.status == .paid else {
      if isSame, report.amount == received { return .ignore("too little, as known") }
      guard !isSame, let takings = Takings(of: report.amount, for: invoice.amount, from: payments) else {
        return .park("\(report.amount) was paid after \(received)")
      }
      return .collect(takings)
    }
    guard isSame else { return .duplicate }
    return .confirm(excess: known == nil ? max(0, report.amount - received) : 0)
  }
}
