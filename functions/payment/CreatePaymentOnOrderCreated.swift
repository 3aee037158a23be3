import FunctionKit

/// Records what is owed for an order whose service could not ask for it, so that its buyer can pay all the same. The request
/// may come before or after, and finds the same payment.
struct CreatePaymentOnOrderCreated: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    var orderNumber: String
    var checkoutId: ID
    var userId: ID
    var sellerId: ID?
    var sellerUserId: ID?
    var subtotal: Int
    var sellerFundedDiscount: Int
    var platformDiscount: Int
    var shippingCost: Int
    var shippingDiscount: Int
    var taxAmount: Int
    var paymentFee: Int
    var totalAmount: Int
    var paymentChannel: String?
    var paymentDueAt: Instant
    var customer: Customer
  }

  func handle(_ input: Input, context: Context) async throws {
    guard input.totalAmount > 0 else { return }
    guard input.isInRange else {
      throw Problem(422, "amounts_differ", "Order \(input.orderNumber) has amounts that no order has.")
    }
    let work = context.ownWork(because: "order_created")
    try await work.holdOrders([input.orderId])
    if try await work.isBuried(anyOf: [input.orderId]) { return }
    if let live = try await work.db.livePayments(.order, of: [input.orderId]).first {
      return try await work.fillIn(shippingDiscount: input.shippingDiscount, live)
    }
    guard input.amounts.total == input.totalAmount, input.amounts.isSound else {
      throw Problem(422, "amounts_differ", "Order \(input.orderNumber) is of \(input.totalAmount), its parts are not.")
    }
    try await work.insert(input)
  }
}

extension CreatePaymentOnOrderCreated.Input {
  /// Whether the amounts can be reckoned with at all.
  fileprivate var isInRange: Bool {
    [
      subtotal, sellerFundedDiscount, platformDiscount, shippingCost, shippingDiscount, taxAmount, paymentFee,
      totalAmount,
    ].allSatisfy(Amounts.range.contains)
  }

  fileprivate var amounts: Amounts {
    Amounts(
      merchandise: subtotal - sellerFundedDiscount, platformDiscount: platformDiscount,
      shipping: shippingCost - shippingDiscount, shippingDiscount: shippingDiscount, tax: taxAmount, fee: paymentFee)
  }

  fileprivate var line: CreatePayment.Line {
    CreatePayment.Line(
      sellerId: sellerId, sellerUserId: sellerUserId, merchandiseAmount: amounts.merchandise,
      platformDiscount: amounts.platformDiscount, shippingAmount: amounts.shipping,
      shippingDiscount: amounts.shippingDiscount, taxAmount: amounts.tax)
  }
}

extension Amounts {
  fileprivate var isSound: Bool {
    [merchandise, platformDiscount, goods, shipping, shippingDiscount, tax, fee].allSatisfy { $0 >= 0 }
  }
}

extension Work {
  fileprivate func insert(_ order: CreatePaymentOnOrderCreated.Input) async throws {
    let part = BillRequest.Part(reference: order.orderId, number: order.orderNumber, lines: [order.line])
    let request = BillRequest(
      userId: order.userId, checkoutId: order.checkoutId, parts: [part],
      channel: try await db.channel(order.paymentChannel)?.code, customer: order.customer)
    let payment = try await insert(
      NewPayment(
        part: part, amounts: order.amounts, lines: [order.amounts], wallet: 0, key: "order_created:\(order.orderId)",
        bill: context.newID(), invoice: nil, expiresAt: order.paymentDueAt),
      of: request)
    try await emit(PaymentCreated(payment, replacing: nil))
  }

  /// The courier gets it, and the request may not have said so.
  fileprivate func fillIn(shippingDiscount: Int, _ payment: PaymentRecord) async throws {
    guard shippingDiscount > 0, let held = try await holdPayment(payment.id), held.status.isUnpaid else { return }
    let lines = try await db.lines(of: [held])
    guard held.shippingDiscount == 0, lines.count == 1, let line = lines.first else { return }
    try await db.run(
      "update payment_line set shipping_discount = \(shippingDiscount), updated_at = \(now) where id = \(line.id)")
    try await db.run(
      """
      update payment set shipping_discount = \(shippingDiscount), version = version + 1, updated_at = \(now)
      where id = \(held.id)
      """)
  }
}
