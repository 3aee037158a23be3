import FunctionKit

/// Five digits, of which the first is no zero.
struct PostalCode: Sendable, Hashable {
  let text: String

  static let limit = FieldLimit.pattern("^[1-9][0-9]{4}$")

  /// - Throws: ``Problem`` 422 `invalid_postal_code`.
  init(_ text: String) throws {
    guard PostalCode.isWellFormed(text) else {
      throw Problem(
        422, "invalid_postal_code", "A postal code is five digits, and the first of them is not 0.",
        details: [
          FieldError(field: "postalCode", message: "must be five digits, the first not 0", code: "invalid_postal_code")
        ])
    }
    self.text = text
  }

  static func isWellFormed(_ text: String) -> Bool {
    text.utf8.count == 5 && isDigits(text) && !text.hasPrefix("0")
  }
}
