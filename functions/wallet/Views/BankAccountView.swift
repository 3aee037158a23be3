import FunctionKit

/// A bank account as its user sees it: of the number, the end.
struct BankAccountView: Codable, Sendable {
  var id: ID
  var channelCode: String
  var accountLast4: String
  var accountHolder: String
  var status: BankAccountStatus
  var isDefault: Bool
  var usableFrom: Instant
  var createdAt: Instant

  init(_ account: BankAccountRecord) {
    id = account.id
    channelCode = account.channelCode
    accountLast4 = account.accountLast4
    accountHolder = account.accountHolder
    status = account.status
    isDefault = account.isDefault
    usableFrom = account.usableFrom
    createdAt = account.createdAt
  }
}
