/// One field that does not hold what it should; the shape clients see under `details`.
public struct FieldError: Sendable, Equatable, Codable {
  /// Dotted path from the input, as in `orders[0].lines[1].amount`; empty for the input itself.
  public var field: String
  /// Completes the sentence that starts with the field: `is required`, `must be a whole number`.
  public var message: String
  /// To branch on: `required`, `type`, `invalid`, `range`, or a function's own.
  public var code: String

  public init(field: String, message: String, code: String = "invalid") {
    self.field = field
    self.message = message
    self.code = code
  }
}

/// Everything wrong with an input at once, so that a form needs one round trip and not one per mistake.
///
/// A type may throw it from its own `init(from:)`, with fields relative to itself.
public struct ValidationFailure: Error, Sendable, Equatable {
  public var errors: [FieldError]

  public init(errors: [FieldError]) { self.errors = errors }
}

extension ValidationFailure: CustomStringConvertible {
  public var description: String {
    errors.map { $0.field.isEmpty ? "input \($0.message)" : "\($0.field) \($0.message)" }.joined(separator: "; ")
  }
}
