/// What is wrong with a field, before it is known which one.
struct FieldProblem: Error {
  let code: String
  let message: String

  init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  static var required: FieldProblem { FieldProblem("required", "is required") }
  static var repeated: FieldProblem { FieldProblem("invalid", "must be given only once") }

  /// The form a type's own `init(from:)` expects to catch; the original travels inside.
  func decodingError(_ type: Any.Type, at path: FieldPath) -> DecodingError {
    let context = DecodingError.Context(codingPath: path.keys, debugDescription: message, underlyingError: self)
    return switch code {
    case "required": .valueNotFound(type, context)
    case "type": .typeMismatch(type, context)
    default: .dataCorrupted(context)
    }
  }
}

extension DecodingError {
  var context: Context? {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context): context
    case .keyNotFound(_, let context), .dataCorrupted(let context): context
    @unknown default: nil
    }
  }
}

extension FieldProblem {
  /// Puts what an `init(from:)` threw into words for the one who sent the field.
  init(_ error: any Error, decoding type: Any.Type) {
    guard let error = error as? DecodingError, let context = error.context else {
      self.init("invalid", "is not valid")
      return
    }
    if let problem = context.underlyingError as? FieldProblem {
      self = problem
    } else if context.debugDescription.hasPrefix("Cannot initialize ") {
      self.init("invalid", Self.refusedRawValue(type))
    } else if case .keyNotFound = error {
      self = .required
    } else {
      self.init("invalid", context.debugDescription)
    }
  }

  /// The standard library's own words for an unknown raw value name Swift types; the allowed values help more.
  private static func refusedRawValue(_ type: Any.Type) -> String {
    guard let type = type as? any CaseIterable.Type else { return "is not one of the allowed values" }
    return "must be one of " + rawValues(type).joined(separator: ", ")
  }

  private static func rawValues<T: CaseIterable>(_ type: T.Type) -> [String] {
    type.allCases.map { ($0 as? any RawRepresentable).map { "\($0.rawValue)" } ?? "\($0)" }
  }
}
