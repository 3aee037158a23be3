import FunctionKit

extension DocumentNumber {
  static let transaction = DocumentNumber("WTX")
  static let topUp = DocumentNumber("TOP")
  static let withdrawal = DocumentNumber("WDR")
}
