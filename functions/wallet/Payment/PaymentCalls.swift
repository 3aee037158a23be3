import FunctionKit

/// What the wallet asks the payment service, the only one that banks and providers know.
extension Services {
  /// Has a withdrawal paid out. Asked again with the same key, it answers with the same payout.
  func payOut(_ order: PayoutOrder, key: String) async throws -> Payout {
    try await call("payment", .post, "/internal/payouts", body: order, key: key, timeout: .seconds(10))
  }

  /// - Returns: nil when the payment service has never heard of it.
  func payout(ofWithdrawal id: ID) async throws -> Payout? {
    do {
      return try await call("payment", .get, "/internal/payouts/withdrawal/\(id)", timeout: .seconds(10))
    } catch let error as ServiceError where error.status == 404 && error.code == "not_found" {
      return nil
    }
  }
}

/// What is to be paid out, and where to.
struct PayoutOrder: Encodable, Sendable {
  var kind = "withdrawal"
  var referenceId: ID
  var amount: Int
  var channelCode: String
  var accountNumber: String
  var accountHolder: String
}

/// What the payment service says of a payout.
struct Payout: Decodable, Sendable {
  var id: ID
  var status: String
  var failureCode: String?
  /// When one that has failed is tried again, which makes its failure none.
  var retryAt: Instant?
}

extension Payout {
  /// What it means for the withdrawal.
  enum Outcome: Equatable {
    /// Nothing final, or nothing that is known here.
    case underway
    case paid
    case failed(code: String)
  }

  var outcome: Outcome {
    switch status {
    case "failed" where retryAt != nil: .underway
    case "succeeded": .paid
    case "failed", "cancelled", "reversed": .failed(code: failureCode ?? status.uppercased())
    default: .underway
    }
  }
}

extension ServiceError {
  /// Whether it will be refused however often it is asked: neither a busy service nor keys that do not fit say so,
  /// nor one that is at work on the same, or was on something alike.
  var isFinal: Bool {
    [400, 409, 422].contains(status) && !["idempotency_in_progress", "idempotency_key_reused"].contains(code)
  }
}
