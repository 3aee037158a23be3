import FunctionKit

extension Work {
  private static let lifetime: Duration = .hours(24)
  private static let mostPerInvoice = 2_000_000_000

  /// Records payments that nobody asked for before, and the invoice that will collect them.
  /// - Parameters:
  ///   - bill: what it comes to.
  ///   - replaced: the payments in whose place these come.
  ///   - adopted: payments that were there before any bill, and that this one collects.
  func insert(
    _ request: BillRequest, _ bill: Bill, keys: [String], replacing replaced: [PaymentRecord] = [],
    adopting adopted: [PaymentRecord] = []
  ) async throws -> PreparedBill {
    let expiresAt = request.expiresAt ?? now + Self.lifetime
    let id = context.newID()
    let invoice = bill.gateway > 0 ? try await insertInvoice(bill.gateway, expiresAt, request) : nil
    var ids: [ID] = []
    for (index, part) in bill.orders.enumerated() {
      let new = NewPayment(
        part: request.parts[index], amounts: part.amounts, lines: part.lines, wallet: part.wallet, key: keys[index],
        bill: id, invoice: part.amounts.total > 0 ? invoice?.id : nil, expiresAt: expiresAt)
      if let known = adopted.first(where: { $0.referenceId == new.part.reference }) {
        ids.append(try await adopt(known, as: new, of: request))
        continue
      }
      let payment = try await insert(new, of: request)
      ids.append(payment.id)
      let predecessor = replaced.first { $0.referenceId == payment.referenceId }
      if payment.purpose == .sponsoredPost { try await replace(paymentOfPost: payment) }
      if payment.purpose == .order { try await emit(PaymentCreated(payment, replacing: predecessor?.id)) }
      if payment.amount == 0 { try await capture([payment], channel: "none", reported: nil, at: now) }
    }
    return PreparedBill(id: id, payments: ids, unopened: invoice)
  }

  /// What a request comes to now, and which part bears how much of it.
  /// - Throws: ``Problem`` 422 `channel_disabled` or `amount_out_of_range`.
  func price(_ request: BillRequest) async throws -> Bill {
    let channel = try await db.usableChannel(request.channel)
    let policy = try await db.feePolicy(request.purpose, kind: channel?.kind, at: now)
    let charges = request.parts.map { $0.lines.map(\.amounts) }
    let due = charges.map { $0.sum() }.sum().due
    guard request.walletAmount <= due else { throw Problem.outOfRange(request.walletAmount, 0...due) }
    let bill = Bill(charges, wallet: request.walletAmount, policy: policy)
    let range = (channel?.minAmount ?? 0)...min(Self.mostPerInvoice, channel?.maxAmount ?? .max)
    guard bill.gateway == 0 || range.contains(bill.gateway) else { throw Problem.outOfRange(bill.gateway, range) }
    return bill
  }

  func insertInvoice(_ amount: Int, _ expiresAt: Instant, _ request: BillRequest) async throws -> InvoiceRecord {
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

extension Database {
  /// - Throws: ``Problem`` 422 `channel_disabled`.
  func usableChannel(_ code: String?) async throws -> ChannelRecord? {
    guard let code else { return nil }
    guard let channel = try await channel(code), channel.enabled else {
      throw Problem(422, "channel_disabled", "The channel \(code) can't be used now; choose another one.")
    }
    return channel
  }
}

extension Problem {
  static func outOfRange(_ amount: Int, _ range: ClosedRange<Int>) -> Problem {
    Problem(
      422, "amount_out_of_range",
      "Rp \(amount) can't be collected; it must be \(range.lowerBound) to \(range.upperBound).")
  }
}
