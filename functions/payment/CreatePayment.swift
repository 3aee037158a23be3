import FunctionKit

/// Records what is owed for the orders of a checkout and has the provider open one invoice for all of them.
///
/// The rows are committed before the provider is asked, so that whatever happens to its answer can be made good later.
struct CreatePayment: Endpoint {
  static let trigger = "create_payment"

  struct Input: Decodable {
    var userId: ID
    var checkoutId: ID?
    var orders: [Order]
    /// Nil lets the buyer choose on the provider's page.
    var channel: String?
    var walletAmount: Int?
    var expiresAt: Instant?
    var customer: Customer
    var successUrl: String?
    var failureUrl: String?
  }

  struct Order: Decodable {
    var orderId: ID
    var orderNumber: String
    var lines: [Line]
  }

  struct Line: Decodable {
    /// Nil for the house brand.
    var sellerId: ID?
    var sellerUserId: ID?
    var merchandiseAmount: Int
    var platformDiscount: Int?
    var shippingAmount: Int?
    var shippingDiscount: Int?
    var taxAmount: Int?

    var amounts: Amounts {
      Amounts(
        merchandise: merchandiseAmount, platformDiscount: platformDiscount ?? 0, shipping: shippingAmount ?? 0,
        shippingDiscount: shippingDiscount ?? 0, tax: taxAmount ?? 0)
    }
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<BillView> {
    try input.validate(at: context.now, back: RedirectHosts(context.setting(RedirectHosts.setting)))
    let key = try context.requireIdempotencyKey()
    let bill = try await context.open(input.bill, key: key, because: Self.trigger)
    return try await BillView.reply(to: bill.payments, from: context.db)
  }
}
