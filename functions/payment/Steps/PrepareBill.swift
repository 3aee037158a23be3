import FunctionKit

/// The payments that answer a request.
struct PreparedBill: Sendable {
  /// What its payments are found by; nil for payments that were there before.
  var id: ID?
  var payments: [ID]
  /// The invoice that the provider has not been asked for yet.
  var unopened: InvoiceRecord?
  /// Invoices that the provider is to end, because this bill takes their place.
  var replaced: [InvoiceRecord] = []
  /// Bills whose wallet money this one may need.
  var released: [ID] = []
}

extension Work {
  /// Finds or makes the payments of some orders: the same for the same key, the same while they are unpaid and nothing
  /// has changed, else new ones in their place.
  func prepare(_ request: BillRequest, key: String) async throws -> PreparedBill {
    // Each row has a key of its own; the first order gets the caller's. What divides the others' is no character of keys.
    let keys = request.parts.indices.map { $0 == 0 ? key : "\(key)\u{1F}\($0)" }
    let orders = request.references
    try await holdOrders(orders)
    let earlier = try await db.payments(withKeys: keys)
    if !earlier.isEmpty {
      guard try await db.answers(request, earlier) else { throw Problem.keyReused }
      return PreparedBill(payments: earlier.map(\.id))
    }
    if request.purpose == .order { try await requireAlive(orders) }
    let live = try await db.livePayments(request.purpose, of: orders)
    if live.isEmpty { return try await insert(request, price(request), keys: keys) }
    try live.requireUnpaid()
    let isOpened = !live.contains(where: \.isBare)
    if isOpened, try await db.says(request, in: live) { return PreparedBill(payments: live.map(\.id)) }
    let priced = try await price(request)
    let adopted = try await adoptable(live, for: request, priced)
    let others = live.filter { payment in !adopted.contains { $0.id == payment.id } }
    let replaced = try await cancel(others, replacedBy: orders)
    var bill = try await insert(request, priced, keys: keys, replacing: others, adopting: adopted)
    bill.replaced = replaced
    bill.released = Set(live.compactMap(\.billId)).sorted()
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
    guard let paid = first(where: { !$0.status.isUnpaid || $0.holdState == .due }) else { return }
    throw Problem(409, "order_already_paid", "Order \(paid.shownNumber) is paid already.")
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
  fileprivate func answers(_ request: BillRequest, _ earlier: [PaymentRecord]) async throws -> Bool {
    let isSameBuyer = earlier.allSatisfy { $0.userId == request.userId }
    guard isSameBuyer else { return false }
    return try await charges(of: earlier) == request.charges
  }

  /// What is open or paid for some orders, or other things, in their order.
  func livePayments(_ purpose: Purpose, of references: [ID]) async throws -> [PaymentRecord] {
    try await all(
      """
      select \(PaymentRecord.columns) from payment
      where purpose = \(purpose) and reference_id = any(\(references)::uuid[])
        and status not in ('failed', 'expired', 'cancelled') and (status <> 'refunded' or paid_at is not null)
      order by array_position(\(references)::uuid[], reference_id)
      """)
  }

  /// Whether payments share one bill and ask for what the request asks for.
  func says(_ request: BillRequest, in payments: [PaymentRecord]) async throws -> Bool {
    guard try await charges(of: payments) == request.charges else { return false }
    let wallet = payments.map(\.walletAmount).reduce(0, +)
    let isOne = Set(payments.map(\.billId)).count == 1 && Set(payments.map(\.invoiceId)).count == 1
    guard isOne, wallet == request.walletAmount, payments.allSatisfy({ $0.channel == request.channel }) else {
      return false
    }
    return try await canBePaid(payments)
  }

  /// Whether the provider collects what is left to pay. An invoice that was left asks for another sum, and one that was
  /// paid too little takes no more.
  private func canBePaid(_ payments: [PaymentRecord]) async throws -> Bool {
    if payments.allSatisfy({ $0.gatewayAmount == 0 }) { return true }
    let invoice = try await invoice(payments.lazy.compactMap(\.invoiceId).first)
    if invoice?.paidAmount != nil { return false }
    return invoice?.status == .creating || invoice?.status == .open
  }

  private func charges(of payments: [PaymentRecord]) async throws -> Set<Charge> {
    let lines = Dictionary(grouping: try await lines(of: payments), by: \.paymentId)
    return Set(payments.map { Charge(order: $0.referenceId, lines: lines[$0.id, default: []].map(Charge.Line.init)) })
  }
}

extension BillRequest {
  fileprivate var charges: Set<Charge> {
    Set(parts.map { Charge(order: $0.reference, lines: $0.lines.map(Charge.Line.init)) })
  }
}
