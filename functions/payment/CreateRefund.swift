import FunctionKit

/// Orders money back to a buyer: at once when another service asks, after somebody's consent when support or finance do.
struct CreateRefund: Endpoint {
  static let trigger = "create_refund"

  struct Input: Decodable {
    /// The order that was paid, or the payment itself.
    var orderId: ID?
    var paymentId: ID?
    var reason: RefundReason
    /// Taken from the goods first; without it and without lines, what the reason usually gives back.
    var amount: Int?
    var lines: [Line]?
    /// The way that the money came, unless said otherwise; the wallet where that can't be.
    var method: RefundMethod?
    var returnId: ID?
    var orderItemIds: [ID]?
    /// Where a bank transfer goes; without it the buyer is asked.
    var bank: BankAccount?
    var notes: String?
  }

  struct Line: Decodable {
    /// Or the seller's.
    var lineId: ID?
    /// Nil for the house brand.
    var sellerId: ID?
    var merchandise: Int?
    var shipping: Int?
    var tax: Int?
    var fee: Int?
    /// What the seller gives back, when that is not what the goods come to.
    var sellerReversal: Int?
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<RefundView> {
    let requester = Requester(context.caller)
    try input.validate(for: requester)
    let key = try requester.key(context.requireIdempotencyKey())
    let refund = try await context.work(because: Self.trigger) {
      try await $0.createRefund(input, by: requester, key: key)
    }
    try await context.sendRefund(refund.id, because: Self.trigger)
    return try await RefundView.reply(refund.id, from: context.db, status: 201)
  }
}

/// The same where only services come.
struct CreateInternalRefund: Endpoint {
  func handle(_ input: CreateRefund.Input, context: Context) async throws -> Reply<RefundView> {
    try await CreateRefund().handle(input, context: context)
  }
}

/// Who asks for a refund.
struct Requester: Sendable {
  /// Nil for another service.
  let user: ID?

  init(_ caller: Caller) { user = caller.userID }

  var isService: Bool { user == nil }
  var name: String { user?.description ?? "service" }

  /// A service's key as it is, since it knows its request again by it; a user's apart from everybody else's.
  func key(_ key: String) -> String { user.map { "\($0):\(key)" } ?? key }
}
