import FunctionKit

/// Money that is about to be listed.
struct Booking: Sendable {
  var product: String
  var type: String
  var status: TransactionRecord.Status
  var category: String
  var channel: String
  var account: String?
  var reference: String
  var amount: Int
  var fees: Fees
  var invoice: String?
  /// How long money that comes in takes until it may be spent; nil for money that goes out.
  var settling: Duration?

  static func payment(_ invoice: InvoiceRecord, _ id: String, by method: PaymentMethod) -> Booking {
    Booking(
      product: id, type: "PAYMENT", status: .success, category: method.group.category, channel: method.code,
      reference: invoice.externalId, amount: invoice.amount, fees: .of(invoice.amount, method.group),
      invoice: invoice.id, settling: Fees.settling(method))
  }

  static func refund(_ refund: RefundRecord) -> Booking {
    let group = refund.paymentChannel.flatMap(PaymentMethod.named)?.group
    return Booking(
      product: refund.id, type: "REFUND", status: .pending, category: group?.category ?? "OTHER",
      channel: refund.paymentChannel ?? "", reference: refund.referenceId ?? refund.id, amount: refund.amount,
      fees: .none, invoice: refund.invoiceId)
  }

  static func payout(_ payout: PayoutRecord) -> Booking {
    let category = PayoutChannel.named(payout.channelCode)?.category ?? .bank
    return Booking(
      product: payout.id, type: "DISBURSEMENT", status: .pending, category: category.rawValue,
      channel: payout.channelCode, account: payout.accountNumber, reference: payout.referenceId,
      amount: payout.amount, fees: .payout)
  }
}

extension PaymentMethod.Group {
  fileprivate var category: String {
    switch self {
    case .bank: "VIRTUAL_ACCOUNT"
    case .card: "CARDS"
    case .qrCode: "QR_CODE"
    case .ewallet: "EWALLET"
    case .retail: "RETAIL_OUTLET"
    case .directDebit: "DIRECT_DEBIT"
    case .paylater: "PAYLATER"
    }
  }
}

extension Database {
  func book(_ booking: Booking, _ context: Context) async throws {
    let now = context.now
    try await run(
      """
      insert into txn (id, product_id, type, status, cashflow, channel_category, channel_code, account_identifier,
        reference_id, amount, fee, tax, invoice_id, settles_at, created, updated)
      values (\("txn_\(context.newRandomUUID())"), \(booking.product), \(booking.type), \(booking.status),
        \(booking.settling == nil ? "MONEY_OUT" : "MONEY_IN"), \(booking.category), \(booking.channel),
        \(booking.account), \(booking.reference), \(booking.amount), \(booking.fees.fee), \(booking.fees.tax),
        \(booking.invoice), \(booking.settling.map { now + $0 }), \(now), \(now))
      """)
  }

  func move(_ product: String, to status: TransactionRecord.Status, _ now: Instant) async throws {
    try await run("update txn set status = \(status), updated = \(now) where product_id = \(product)")
  }

  /// What can be spent: what has come in and settled, less what has gone out or is about to.
  func balance(at time: Instant) async throws -> Int {
    try await one(
      """
      select opening_balance + coalesce(sum(case
          when cashflow = 'MONEY_IN' and status = 'SUCCESS' and settles_at <= \(time) then amount - fee - tax
          when cashflow = 'MONEY_OUT' and status in ('PENDING', 'SUCCESS') then -(amount + fee + tax)
          else 0 end), 0)::bigint
      from fault left join txn on txn.created <= \(time) group by opening_balance
      """)
  }

  /// What has come in and can't be spent yet.
  func heldBalance(at time: Instant) async throws -> Int {
    try await one(
      """
      select coalesce(sum(amount - fee - tax), 0)::bigint from txn
      where cashflow = 'MONEY_IN' and status = 'SUCCESS' and created <= \(time) and settles_at > \(time)
      """)
  }
}
