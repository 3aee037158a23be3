/// What one decoding has found wrong so far, shared by all its containers.
final class FieldFailures {
  /// Enough for any form, and a bound on what a hostile list of a million wrong items can cost.
  static let most = 100

  private(set) var errors: [FieldError] = []
  /// Counts also what is no longer kept, so that it always tells whether something was reported in between.
  private(set) var count = 0

  func report(_ problem: FieldProblem, at path: FieldPath) {
    add { FieldError(field: path.text, message: problem.message, code: problem.code) }
  }

  /// Takes over what the `init(from:)` of the value at that path threw.
  func report(_ error: any Error, decoding type: Any.Type, at path: FieldPath) {
    if let failure = error as? ValidationFailure, !failure.errors.isEmpty {
      for error in failure.errors { add { error.moved(under: path.text) } }
    } else {
      report(FieldProblem(error, decoding: type), at: Self.place(of: error, within: path))
    }
  }

  /// An error raised for a key of the value names a deeper path than the value's own.
  private static func place(of error: any Error, within path: FieldPath) -> FieldPath {
    guard case let error as DecodingError = error, var keys = error.context?.codingPath else { return path }
    if case .keyNotFound(let key, _) = error { keys.append(key) }
    return keys.count > path.keys.count ? FieldPath(keys) : path
  }

  private func add(_ error: () -> FieldError) {
    count += 1
    if errors.count < Self.most { errors.append(error()) }
  }
}

extension FieldError {
  fileprivate func moved(under path: String) -> FieldError {
    guard !path.isEmpty, !field.isEmpty else { return FieldError(field: path + field, message: message, code: code) }
    let separator = field.hasPrefix("[") ? "" : "."
    return FieldError(field: path + separator + field, message: message, code: code)
  }
}
