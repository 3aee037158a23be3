import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

/// What withdrawals need: a seller's wallet and their bank.
extension WalletScene {
  var owner: Caller { .user(sellerUser) }

  /// - Returns: the account's id.
  func addAccount(_ number: String = "1234567890") async throws -> ID {
    let reply = try await wallet.call(
      "AddBankAccount",
      body: ["channelCode": "ID_BCA", "accountNumber": .string(number), "accountHolder": "Sari"], caller: owner)
    return try #require(ID(reply.data["id"]?.string ?? ""), "\(reply.json)")
  }

  @discardableResult
  func withdraw(_ amount: Int, to account: ID, key: String? = nil) async throws -> TestReply {
    try await wallet.call(
      "CreateWithdrawal", body: ["kind": "seller", "amount": .int(amount), "bankAccountId": .id(account)],
      caller: owner, key: key ?? "\(wallet.newID())")
  }

  func submit() async throws { try await wallet.fire("SubmitWithdrawals") }

  /// What the payment service tells of the latest payout.
  func tell(
    _ type: String, of withdrawal: TestReply, amount: Int, failure: String? = nil, wasCompleted: Bool = false
  ) async throws {
    try await wallet.handle(
      "FinishWithdrawal", type: type,
      data: [
        "payoutId": .id(payment.payouts.last?.id ?? sampleID(99)), "kind": "withdrawal",
        "referenceId": withdrawal.data["id"] ?? .null, "amount": .int(amount),
        "failureCode": failure.map(JSON.string) ?? .null, "wasCompleted": .bool(wasCompleted),
      ])
  }

  func status(_ withdrawal: TestReply) async throws -> String? {
    try await wallet.call(
      "GetWithdrawal", path: [("id", withdrawal.data["id"]?.string ?? "")], caller: owner
    ).data["status"]?.string
  }

  func eventTypes() async throws -> [String] { try await wallet.events().map(\.type) }
}
