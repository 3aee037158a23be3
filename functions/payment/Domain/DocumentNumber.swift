import FunctionKit

extension DocumentNumber {
  static let payment = DocumentNumber("PAY")
  static let commission = DocumentNumber("COM")
  static let refund = DocumentNumber("REF")
  static let payout = DocumentNumber("PYT")
  static let settlement = DocumentNumber("SET")
  static let settlementBatch = DocumentNumber("SBT")
}
