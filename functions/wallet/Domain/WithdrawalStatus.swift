import FunctionKit

/// How far a withdrawal has come.
enum WithdrawalStatus: String, State {
  case requested
  /// Somebody of finance has to look at it.
  case pendingReview = "pending_review"
  /// To be handed to the payment service, or handed over without an answer yet.
  case approved
  /// The payment service has it, and the money has left the wallet.
  case processing
  case completed, failed, rejected, cancelled

  static var entity: String { "withdrawal" }

  var next: Set<WithdrawalStatus> {
    switch self {
    case .requested: [.approved, .pendingReview, .cancelled]
    case .pendingReview: [.approved, .rejected, .cancelled]
    case .approved: [.processing, .failed, .pendingReview]
    case .processing: [.completed, .failed]
    // A bank may send money back that had arrived.
    case .completed: [.failed]
    case .failed, .rejected, .cancelled: []
    }
  }
}

/// What is known of a bank account: the first payout that arrives proves it.
enum BankAccountStatus: String, SQLValue, Codable, Sendable, CaseIterable {
  case unverified, verified, invalid
}
