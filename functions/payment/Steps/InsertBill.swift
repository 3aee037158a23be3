import FunctionKit

extension Work {
  private static let lifetime: Duration = .hours(24)
  private static let mostPerInvoice = 2_000_000_000

  /// Records payments that nobody asked for before, and the invoice that will collect them.
  /// - Parameter replaced: the payments in whose place these come.
  func insert(
    _ request: CreatePayment.Input, keys: [String], replacing replaced: [PaymentRecord] = []
  ) async throws -> PreparedBill {
    guard request.walletAmount ?? 0 == 0 else {
      throw Problem(422, "wallet_insufficient", "The wallet can't pay this; pay all of it by another channel.")
    }
    let channel = try await usableChannel(request.channel)
    let policy = try await db.feePolicy(kind: channel?.kind, at: now)
    let bill = Bill(request.orders.map { $0.lines.map(\.amounts) }, wallet: 0, policy: policy)
    try requireInRange(bill.gateway, channel)
    let expiresAt = request.expiresAt ?? now + Self.lifetime
    let invoice = bill.gateway > 0 ? try await insertInvoice(bill.gateway, expiresAt, request) : nil
    var ids: [ID] = []
    for (index, order) in bill.orders.enumerated() {
      let payment = try await insert(
        NewPayment(
          order: request.orders[index], amounts: order.amounts, lines: order.lines, key: keys[index],
          invoice: order.gateway > 0 ? invoice?.id : nil, expiresAt: expiresAt),
        of: request)
      ids.append(payment.id)
      let predecessor = replaced.first { $0.referenceId == payment.referenceId }
      try await emit(PaymentCreated(payment, replacing: predecessor?.id))
      if order.gateway == 0 {
        try await capture([payment], channel: "none", reported: nil, at: now)
      }
    }
    return PreparedBill(payments: ids, unopened: invoice)
  }

  private func usableChannel(_ code: String?) async throws -> ChannelRecord? {
    guard let code else { return nil }
    guard let channel = try await db.channel(code), channel.enabled else {
      throw Problem(422, "channel_disabled", "The channel \(code) can't be used now; choose another one.")
    }
    return channel
  }

  private func requireInRange(_ amount: Int, _ channel: ChannelRecord?) throws {
    let most = min(Self.mostPerInvoice, channel?.maxAmount ?? .max)
    let range = (channel?.minAmount ?? 0)...most
    guard amount == 0 || range.contains(amount) else {
      throw Problem(
        422, "amount_out_of_range", "Rp \(amount) can't be collected; it must be \(range.lowerBound) to \(most).")
    }
  }

  private func insertInvoice(
    _ amount: Int, _ expiresAt: Instant, _ request: CreatePayment.Input
  ) async throws -> InvoiceRecord {
    let id = context.newID()
    let invoice: InvoiceRecord = try await db.one(
      """
      insert into gateway_invoice
        (id, external_id, amount, success_url, failure_url, expires_at, attempts, created_at, updated_at)
      values (\(id), \("inv_\(id)"), \(amount), \(request.successUrl), \(request.failureUrl), \(expiresAt), 1,
        \(now), \(now))
      returning \(InvoiceRecord.columns)
      """)
    try await record(id, from: InvoiceStatus?.none, to: .creating)
    return invoice
  }
}
