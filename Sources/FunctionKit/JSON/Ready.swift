/// A value that the database keeps as the JSON of an answer, in a column of type `json`, and that is handed on as it is: for
/// what is asked for far more often than it changes.
///
/// What writes the column answers for its being a `Value`, of which only the description is made.
public struct Ready<Value>: Sendable {
  /// Exactly one JSON value.
  public let json: [UInt8]
}

extension Ready: JSONFragment {
  public func write(json: inout JSONBytes) { json.raw(self.json) }
}

extension Ready: Decodable {
  /// From a column of JSON, or of any other document.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    json = try (value as? ColumnDecoder)?.jsonText() ?? value.decode(JSON.self).serialized()
  }
}

extension Ready: SchemaComposed {
  static func schema(by describer: SchemaDescriber) -> JSON { describer.schema(of: Value.self) }
}

/// A type that takes a column of JSON as it stands.
protocol ReadsJSONText {
  /// The JSON of a value to go on with while types are only watched; nil when there is none.
  static func standIn() throws -> Self?
}

extension Ready: ReadsJSONText {
  static func standIn() throws -> Ready? {
    guard let type = Value.self as? any Codable.Type else { return nil }
    return try Ready(json: encodeJSON(FieldFailures().placeholder(type)))
  }
}
