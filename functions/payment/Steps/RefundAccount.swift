import FunctionKit

extension Work {
  /// Keeps where a bank transfer is to go.
  func keep(_ account: BankAccount, on refund: RefundRecord) async throws -> RefundRecord {
    throw Problem.methodNotAvailable
  }
}
