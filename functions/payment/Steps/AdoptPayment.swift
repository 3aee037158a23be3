import FunctionKit

extension PaymentRecord {
  /// Whether it waits for its first bill, or for another one: recorded, and nobody was asked for it.
  var isBare: Bool { status == .pending && invoiceId == nil && holdState == .none && amount > 0 }
}

extension Work {
  /// Those of some payments that a bill can collect as they are: the same lines of the same buyer, with the same fee.
  func adoptable(_ live: [PaymentRecord], for request: BillRequest, _ bill: Bill) async throws -> [PaymentRecord] {
    let bare = live.filter { $0.isBare && $0.userId == request.userId }
    let lines = Dictionary(grouping: try await db.lines(of: bare), by: \.paymentId)
    var found: [PaymentRecord] = []
    for payment in bare {
      guard let index = request.parts.firstIndex(where: { $0.reference == payment.referenceId }) else { continue }
      let wanted = zip(request.parts[index].lines, bill.orders[index].lines).map {
        Charge.Line(seller: $0.sellerId, amounts: $1)
      }
      let known = lines[payment.id, default: []].map { Charge.Line(seller: $0.sellerId, amounts: $0.amounts) }
      guard Set(wanted) == Set(known), let held = try await holdPayment(payment.id), held.isBare else { continue }
      found.append(held)
    }
    return found
  }

  func adopt(_ payment: PaymentRecord, as new: NewPayment, of request: BillRequest) async throws -> ID {
    try await db.run(
      """
      update payment set checkout_id = coalesce(\(request.checkoutId)::uuid, checkout_id),
        customer = \(try AsJSON(request.customer)), channel = \(request.channel), wallet_amount = \(new.wallet),
        hold_state = \(new.wallet > 0 ? HoldState.wanted : .none), hold_touched_at = \(new.wallet > 0 ? now : nil),
        bill_id = \(new.bill), invoice_id = \(new.invoice), idempotency_key = \(new.key), expires_at = \(new.expiresAt),
        version = version + 1, updated_at = \(now)
      where id = \(payment.id)
      """)
    return payment.id
  }
}
