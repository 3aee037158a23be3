/// Reads a function's input from wherever the request carries it: path, then body, then query, first come, first served.
///
/// Path and query are text and are read as what the type asks for; a JSON body is taken at its word, so `"5"` is never a
/// number. Every field that fails is reported, not only the first. To go on after a bad field the decoder needs a
/// stand-in for it: enums should be `CaseIterable`, other types that refuse empty text may adopt `DecodingPlaceholder`.
/// Input that may have one of several shapes is best taken as `JSON`.
public struct InputDecoder: Sendable {
  private let root: InputNode

  public init(
    path: [(name: String, value: String)] = [], query: [(name: String, value: String)] = [], body: JSON? = nil
  ) {
    root = .request(RequestFields(path: path, query: query, body: body))
  }

  init(_ json: JSON) { root = .json(json) }

  /// - Throws: `ValidationFailure` with every failing field.
  public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
    let failures = FieldFailures()
    let value: T
    do {
      value = try NodeDecoder(root, at: .root, failures).unwrap(type)
    } catch {
      throw failures.errors.isEmpty ? error : ValidationFailure(errors: failures.errors)
    }
    guard failures.errors.isEmpty else { throw ValidationFailure(errors: failures.errors) }
    return value
  }
}

/// Reads a stored event or a provider's answer.
///
/// - Throws: `ValidationFailure` with every failing field.
public func decodeJSON<T: Decodable>(_ type: T.Type = T.self, from json: JSON) throws -> T {
  try InputDecoder(json).decode(type)
}

/// The same from text.
///
/// - Throws: `JSONSyntaxError` if it is no JSON, `ValidationFailure` if it is not the right one.
public func decodeJSON<T: Decodable>(_ type: T.Type = T.self, from bytes: [UInt8]) throws -> T {
  try decodeJSON(type, from: try JSON.parse(bytes))
}
