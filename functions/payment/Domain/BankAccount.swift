import FunctionKit

/// Where a bank transfer goes.
struct BankAccount: Codable, Sendable, Equatable {
  /// The bank, or the e-wallet, in the provider's words: `ID_BCA`.
  var code: String
  var accountNumber: String
  var holder: String
}

extension BankAccount: Limited {
  static let limits: [String: FieldLimit] = [
    "code": .text(codeLength), "accountNumber": .pattern("^[0-9]{5,30}$"), "holder": .text(holderLength),
  ]
  private static let codeLength = 2...20
  private static let holderLength = 1...100

  func check(_ field: String, _ validation: inout Validation) {
    validation.text(code, "\(field).code", length: Self.codeLength)
    validation.require(
      accountNumber.wholeMatch(of: /[0-9]{5,30}/) != nil, "\(field).accountNumber", "must be 5 to 30 digits")
    validation.text(holder, "\(field).holder", length: Self.holderLength)
  }
}
