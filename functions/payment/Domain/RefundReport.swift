/// What the provider says about a refund, by webhook or when asked.
struct RefundReport: Sendable, Equatable {
  enum Status: String, Sendable {
    case pending = "PENDING"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case cancelled = "CANCELLED"
  }

  /// What we call the attempt; nil where it does not tell.
  var referenceId: String?
  /// The provider's own id of the refund.
  var gatewayRef: String
  var status: Status
  var amount: Int
  var failureCode: String?
}
