import FunctionKit

extension Database {
  /// Where a payment's money came from, and what has gone back to there. Hold the payment.
  func origin(of payment: PaymentRecord) async throws -> MoneyOrigin {
    let channel = try await channel(payment.channel)
    let window = channel?.refundWindowDays.map { Duration.days(Int64($0)) }
    let sent = try await one(
      """
      select coalesce(sum(gateway_part), 0)::bigint from refund
      where payment_id = \(payment.id) and status <> 'rejected'
        and reason not in ('late_payment', 'overpayment', 'duplicate_payment')
      """, as: Int.self)
    let isTouched = try await one(
      """
      select exists (select from refund join payment on payment.id = refund.payment_id
        where payment.invoice_id = \(payment.invoiceId) and refund.status <> 'rejected' and refund.gateway_part > 0)
      """, as: Bool.self)
    let charged = try await invoice(payment.invoiceId)?.paidAmount ?? 0
    return MoneyOrigin(
      mode: channel?.refundMode, closesAt: payment.paidAt.flatMap { at in window.map { at + $0 } },
      gatewayLeft: max(0, payment.gatewayAmount - sent), charged: charged, isTouched: isTouched)
  }
}
