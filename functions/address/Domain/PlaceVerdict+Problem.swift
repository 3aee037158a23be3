import FunctionKit

extension PlaceVerdict {
  /// - Throws: ``Problem`` 422 with the code of what is worst, every finding, and the regions that may have been meant.
  func mustBePossible() throws {
    guard let first = blocking.first else { return }
    throw Problem(
      422, first.rawValue, "There is no such address: \(first.field) \(first.message).",
      details: blocking.map { FieldError(field: $0.field, message: $0.message, code: $0.rawValue) }
        + suggestions.map { FieldError(field: $0.field, message: "may be \($0.code), \($0.name)", code: $0.code) })
  }
}

extension Suggestion {
  fileprivate var field: String { "\(level.rawValue)Code" }
}
