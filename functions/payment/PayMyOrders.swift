import FunctionKit

/// Lets a buyer pay orders again, by another channel, or several on one bill. What they cost is what was recorded of them.
struct PayMyOrders: Endpoint {
  private static let trigger = "pay_my_orders"

  struct Input: Decodable, Limited {
    var orderIds: [ID]
    var channel: String?
    var walletAmount: Int?

    static let limits: [String: FieldLimit] = ["orderIds": .count(counts), "walletAmount": .range(amounts)]
    fileprivate static let counts = 1...20
    fileprivate static let amounts = 0...20_000_000_000
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<BillView> {
    let user = try context.requireUser()
    let key = try "\(user):\(context.requireIdempotencyKey())"
    try input.validate()
    let payments = try await context.db.newestPayments(ofOrders: input.orderIds, by: user)
    guard payments.count == input.orderIds.count else { throw Problem.notFound("order") }
    // A repeat gets the same bill, whatever became of it meanwhile.
    if try await !context.db.isMade(by: key) { try payments.requirePayable(at: context.now) }
    let request = try await context.db.bill(of: payments, channel: input.channel, wallet: input.walletAmount ?? 0)
    let bill = try await context.open(request, key: key, because: Self.trigger)
    return try await BillView.reply(to: bill.payments, from: context.db)
  }
}

extension PayMyOrders.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    validation.require(Self.counts.contains(orderIds.count), "orderIds", "must have 1 to 20 entries", code: "length")
    validation.require(Set(orderIds).count == orderIds.count, "orderIds", "must not name an order twice")
    validation.range(walletAmount, "walletAmount", Self.amounts)
    try validation.finish()
  }
}

extension Database {
  /// In the order of the ids; without those of somebody else.
  fileprivate func newestPayments(ofOrders orders: [ID], by user: ID) async throws -> [PaymentRecord] {
    try await all(
      """
      select \(PaymentRecord.columns) from payment
      where user_id = \(user) and id in (
        select distinct on (reference_id) id from payment
        where purpose = 'order' and reference_id = any(\(orders)::uuid[])
        order by reference_id, created_at desc, id desc)
      order by array_position(\(orders)::uuid[], reference_id)
      """)
  }

  /// The same again: what was recorded, without its fee.
  fileprivate func bill(of payments: [PaymentRecord], channel: String?, wallet: Int) async throws -> BillRequest {
    let lines = Dictionary(grouping: try await lines(of: payments), by: \.paymentId)
    let invoice = try await invoice(payments.compactMap(\.invoiceId).first)
    let checkouts = Set(payments.map(\.checkoutId))
    return BillRequest(
      userId: payments[0].userId, checkoutId: checkouts.count == 1 ? checkouts.first ?? nil : nil,
      parts: payments.map {
        BillRequest.Part(
          reference: $0.referenceId, number: $0.orderNumber,
          lines: lines[$0.id, default: []].map(CreatePayment.Line.init))
      },
      channel: channel, walletAmount: wallet, expiresAt: payments.map(\.expiresAt).min(),
      customer: payments[0].customer, successUrl: invoice?.successUrl, failureUrl: invoice?.failureUrl)
  }
}

extension [PaymentRecord] {
  /// What waits, and what came to nothing for a reason that another try may not meet.
  /// - Throws: ``Problem`` 409 `order_already_paid` or `order_not_payable`.
  fileprivate func requirePayable(at now: Instant) throws {
    try filter { $0.paidAt != nil }.requireUnpaid()
    let isPayable = allSatisfy { payment in
      payment.expiresAt > now && (payment.status.isUnpaid || payment.status == .failed || payment.status == .cancelled)
    }
    guard isPayable else {
      throw Problem(409, "order_not_payable", "One of the orders can't be paid any more; order again.")
    }
  }
}

extension CreatePayment.Line {
  fileprivate init(_ line: LineRecord) {
    self.init(
      sellerId: line.sellerId, sellerUserId: line.sellerUserId, merchandiseAmount: line.merchandiseAmount,
      platformDiscount: line.platformDiscount, shippingAmount: line.shippingAmount,
      shippingDiscount: line.shippingDiscount, taxAmount: line.taxAmount)
  }
}
