import FunctionKit

/// What payments ask the wallet service: to set money aside, to take it, to set it free.
extension Services {
  /// Sets money aside. The payment's id is the key, so that there is one hold for it however often it is asked for.
  func setAside(_ order: HoldOrder) async throws -> WalletHold {
    try await call(
      "wallet", .post, "/internal/holds", body: order, key: "\(order.referenceId)", timeout: .seconds(3), retries: 2)
  }

  /// - Returns: nil when the wallet has never heard of the payment.
  func hold(ofPayment id: ID) async throws -> WalletHold? {
    do {
      return try await call("wallet", .get, "/internal/holds/payment/\(id)", timeout: .seconds(3), retries: 2)
    } catch let error as ServiceError where error.status == 404 && error.code == "not_found" {
      return nil
    }
  }

  /// Takes all that was set aside; asked again, it answers the same.
  func take(hold id: ID, for payment: ID, of order: ID?) async throws {
    try await call(
      "wallet", .post, "/internal/holds/\(id)/capture", body: Taking(paymentId: payment, orderId: order),
      key: "take:\(id)", timeout: .seconds(3), retries: 2, as: Nothing.self)
  }

  func release(hold id: ID) async throws {
    try await call(
      "wallet", .post, "/internal/holds/\(id)/release", body: Nothing(), key: "release:\(id)", timeout: .seconds(3),
      retries: 2, as: Nothing.self)
  }

  private struct Taking: Encodable {
    var paymentId: ID
    var orderId: ID?
  }
}

/// Money of a buyer's wallet that is to be set aside.
struct HoldOrder: Encodable, Sendable {
  var kind = "buyer"
  var ownerId: ID
  var purpose = "payment"
  var referenceId: ID
  /// Rupiah.
  var amount: Int
  /// What promotional credit may count as the order's amount; rupiah.
  var orderAmount: Int
  var expiresAt: Instant

  /// So that money never is free before the payment that needs it has ended.
  static let grace: Duration = .hours(1)
}

struct WalletHold: Decodable, Sendable {
  var id: ID
}

extension ServiceError {
  /// Whether it will be refused however often it is asked: not because of keys that do not fit, a limit, or the same
  /// request still being under way.
  var isFinal: Bool {
    [400, 404, 409, 422].contains(status) && !["idempotency_in_progress", "idempotency_key_reused"].contains(code)
  }
}

extension HoldOrder {
  init(_ payment: PaymentRecord) {
    self.init(
      ownerId: payment.userId, referenceId: payment.id, amount: payment.walletAmount, orderAmount: payment.amounts.due,
      expiresAt: payment.expiresAt + Self.grace)
  }
}
