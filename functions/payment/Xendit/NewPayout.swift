import FunctionKit

/// What the provider is asked to pay out, in the form it wants.
struct NewPayout: Encodable, Sendable, Equatable {
  struct Destination: Encodable, Sendable, Equatable {
    var number: String
    var holder: String

    enum CodingKeys: String, CodingKey {
      case number = "account_number"
      case holder = "account_holder_name"
    }
  }

  var referenceId: String
  var channelCode: String
  var destination: Destination
  var amount: Int
  /// Stands on the statement, where 14 characters are sure to be shown.
  var description: String
  let currency = "IDR"

  enum CodingKeys: String, CodingKey {
    case amount, description, currency
    case referenceId = "reference_id"
    case channelCode = "channel_code"
    case destination = "channel_properties"
  }

  /// - Parameter account: the number of the account, in clear.
  init(_ payout: PayoutRecord, account: String) {
    referenceId = payout.externalId
    channelCode = payout.channelCode
    destination = Destination(number: account, holder: payout.accountHolder)
    amount = payout.amount
    description = "LAKOO \(payout.payoutNumber.suffix(5))"
  }
}
