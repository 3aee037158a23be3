import FunctionKit

/// What is told of a withdrawal that came to nothing.
struct WithdrawalEnded: Encodable, Sendable {
  var withdrawalId: ID
  var withdrawalNumber: String
  var walletId: ID
  var kind: WalletKind
  var ownerId: ID
  var userId: ID
  var amount: Int
  var code: String
  var at: Instant

  init(_ withdrawal: WithdrawalRecord, of wallet: WalletRecord, code: String, at: Instant) {
    withdrawalId = withdrawal.id
    withdrawalNumber = withdrawal.withdrawalNumber
    walletId = wallet.id
    kind = wallet.kind
    ownerId = wallet.ownerId
    userId = wallet.userId
    amount = withdrawal.amount
    self.code = code
    self.at = at
  }
}

/// The bank, or the payment service, did not take it; the money is back.
struct WithdrawalFailed: Event {
  static let type = "withdrawal.failed"

  private let ended: WithdrawalEnded
  init(_ ended: WithdrawalEnded) { self.ended = ended }

  var subject: String { ended.withdrawalId.description }
  func encode(to encoder: any Encoder) throws { try ended.encode(to: encoder) }
}

/// Finance has refused it; the money is free again.
struct WithdrawalRejected: Event {
  static let type = "withdrawal.rejected"

  private let ended: WithdrawalEnded
  init(_ ended: WithdrawalEnded) { self.ended = ended }

  var subject: String { ended.withdrawalId.description }
  func encode(to encoder: any Encoder) throws { try ended.encode(to: encoder) }
}
