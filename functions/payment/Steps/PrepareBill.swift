import FunctionKit

/// The payments that answer a request.
struct PreparedBill: Sendable {
  var payments: [ID]
  /// The invoice that the provider has not been asked for yet.
  var unopened: InvoiceRecord?
  /// Invoices that the provider is to end, because this bill takes their place.
  var replaced: [InvoiceRecord] = []
}

extension Work {
  /// Finds or makes the payments of some orders: the same for the same key, the same while they are unpaid and nothing
  /// has changed, else new ones in their place.
  func prepare(_ request: CreatePayment.Input, key: String) async throws -> PreparedBill {
    // Each row has a key of its own; the first order gets the caller's.
    let keys = request.orders.indices.map { $0 == 0 ? key : "\(key)#\($0)" }
    let orders = request.orders.map(\.orderId)
    try await holdOrders(orders)
    let earlier = try await db.payments(withKeys: keys)
    if !earlier.isEmpty {
      guard try await db.answers(request, earlier) else { throw Problem.keyReused }
      return PreparedBill(payments: earlier.map(\.id))
    }
    try await requireAlive(orders)
    let live = try await db.livePayments(ofOrders: orders)
    if live.isEmpty { return try await insert(request, keys: keys) }
    try live.requireUnpaid()
    if try await db.says(request, in: live) { return PreparedBill(payments: live.map(\.id)) }
    let replaced = try await cancel(live, replacedBy: orders)
    var bill = try await insert(request, keys: keys, replacing: live)
    bill.replaced = replaced
    return bill
  }
}

extension Problem {
  fileprivate static let keyReused = Problem(
    422, "idempotency_key_reused", "This Idempotency-Key has made other payments. Use a new key for a new request.")
}

extension [PaymentRecord] {
  /// - Throws: ``Problem`` 409 `order_already_paid`.
  func requireUnpaid() throws {
    guard let paid = first(where: { !$0.status.isUnpaid }) else { return }
    throw Problem(409, "order_already_paid", "Order \(paid.orderNumber) is paid already.")
  }
}

extension Database {
  fileprivate func payments(withKeys keys: [String]) async throws -> [PaymentRecord] {
    try await all(
      """
      select \(PaymentRecord.columns) from payment where idempotency_key = any(\(keys)::text[])
      order by array_position(\(keys)::text[], idempotency_key::text)
      """)
  }

  /// Whether payments made under the same key are those that the request asks for, and not another request's.
  fileprivate func answers(_ request: CreatePayment.Input, _ earlier: [PaymentRecord]) async throws -> Bool {
    let isSameBuyer = earlier.allSatisfy { $0.userId == request.userId }
    guard isSameBuyer else { return false }
    return try await charges(of: earlier) == request.charges
  }

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

  /// Whether payments share one bill and ask for what the request asks for.
  func says(_ request: CreatePayment.Input, in payments: [PaymentRecord]) async throws -> Bool {
    guard try await charges(of: payments) == request.charges else { return false }
    return Set(payments.map(\.invoiceId)).count == 1 && payments.allSatisfy { $0.channel == request.channel }
  }

  private func charges(of payments: [PaymentRecord]) async throws -> Set<Charge> {
    let lines = Dictionary(grouping: try await lines(of: payments), by: \.paymentId)
    return Set(payments.map { Charge(order: $0.referenceId, lines: lines[$0.id, default: []].map(Charge.Line.init)) })
  }
}

extension CreatePayment.Input {
  fileprivate var charges: Set<Charge> {
    Set(orders.map { Charge(order: $0.orderId, lines: $0.lines.map(Charge.Line.init)) })
  }
}
