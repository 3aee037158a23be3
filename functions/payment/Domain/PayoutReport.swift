/// What the provider says about a payout, by webhook or when asked.
struct PayoutReport: Sendable, Equatable {
  enum Status: Sendable, Equatable {
    /// Not final yet, whatever the provider does with it.
    case accepted
    case succeeded, failed, cancelled, reversed
  }

  /// Names the attempt too.
  var externalId: String
  /// The provider's own id.
  var gatewayRef: String
  var status: Status
  var amount: Int
  var failureCode: String?
}
