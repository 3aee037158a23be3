/// Gathers everything that is wrong with an input, so that the caller hears it all at once.
public struct Validation: Sendable {
  public private(set) var errors: [FieldError] = []

  public init() {}

  public mutating func fail(_ field: String, _ message: String, code: String = "invalid") {
    errors.append(FieldError(field: field, message: message, code: code))
  }

  public mutating func require(_ holds: Bool, _ field: String, _ message: String, code: String = "invalid") {
    if !holds { fail(field, message, code: code) }
  }

  /// A text's length in characters, and no control characters but line feed and tab. Nil passes.
  public mutating func text(_ text: String?, _ field: String, length: ClosedRange<Int>) {
    guard let text else { return }
    if !length.contains(text.count) {
      let allowed =
        length.lowerBound == 0 ? "at most \(length.upperBound)" : "\(length.lowerBound) to \(length.upperBound)"
      fail(field, "must have \(allowed) characters", code: "length")
    }
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" }) {
      fail(field, "must not hold control characters", code: "control_character")
    }
  }

  /// A number's bounds. Nil passes.
  public mutating func range(_ value: Int?, _ field: String, _ range: ClosedRange<Int>, code: String = "range") {
    guard let value, !range.contains(value) else { return }
    fail(field, "must be \(range.lowerBound) to \(range.upperBound)", code: code)
  }

  /// - Throws: ``Problem`` 422 when anything was wrong.
  public func finish() throws {
    if !errors.isEmpty { throw Problem.validation(errors) }
  }
}
