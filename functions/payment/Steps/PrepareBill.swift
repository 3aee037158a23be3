import FunctionKit

/// The payments that answer a request.
struct PreparedBill: Sendable {
  var payments: [ID]
  /// The invoice that the provider has not been asked for yet.
  var unopened: InvoiceRecord?
}

extension Work {
  /// Finds or makes the payments of some orders: the same for the same key, and the same while they are unpaid.
  func prepare(_ request: CreatePayment.Input, key: String) async throws -> PreparedBill {
    // Each row has a key of its own; the first order gets the caller's.
    let keys = request.orders.indices.map { $0 == 0 ? key : "\(key)#\($0)" }
    try await holdOrders(request.orders.map(\.orderId))
    let earlier: [ID] = try await db.all(
      """
      select id from payment where idempotency_key = any(\(keys)::text[])
      order by array_position(\(keys)::text[], idempotency_key::text)
      """)
    if !earlier.isEmpty { return PreparedBill(payments: earlier) }
    let live = try await db.livePayments(ofOrders: request.orders.map(\.orderId))
    if live.isEmpty { return try await insert(request, keys: keys) }
    try await requireSame(live, as: request)
    return PreparedBill(payments: live.map(\.id))
  }

  /// - Throws: ``Problem`` 409 unless the payments are unpaid, share one bill, and say what the request says.
  private func requireSame(_ live: [PaymentRecord], as request: CreatePayment.Input) async throws {
    if let paid = live.first(where: { !$0.status.isUnpaid }) {
      throw Problem(409, "order_already_paid", "Order \(paid.orderNumber) is paid already.")
    }
    let lines = try await db.lines(of: live)
    let stored = live.map { payment in
      Charge(order: payment.referenceId, lines: lines.filter { $0.paymentId == payment.id }.map(Charge.Line.init))
    }
    let asked = request.orders.map { Charge(order: $0.orderId, lines: $0.lines.map(Charge.Line.init)) }
    let isSame = Set(stored) == Set(asked) && live.allSatisfy { $0.channel == request.channel }
    guard isSame, Set(live.map(\.invoiceId)).count == 1 else {
      throw Problem.invalidState("payment", from: live[0].status.rawValue, to: "replaced")
    }
  }
}

extension Database {
  /// What is open or paid for some orders, in their order.
  func livePayments(ofOrders orders: [ID]) async throws -> [PaymentRecord] {
    try await all(
      """
      select \(PaymentRecord.columns) from payment
      where purpose = 'order' and reference_id = any(\(orders)::uuid[])
        and status not in ('failed', 'expired', 'cancelled') and (status <> 'refunded' or paid_at is not null)
      order by array_position(\(orders)::uuid[], reference_id)
      """)
  }
}
