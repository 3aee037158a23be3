/// A decoder that watches what a type asks for, and answers with stand-ins.
final class SchemaProbe: Decoder {
  /// Describes the types of what is asked for; nil when that is known already.
  private let describer: SchemaDescriber?
  /// Which question is refused.
  private let refused: Int?

  private(set) var fields: [DescribedField] = []
  /// What a type that is no object reads itself from.
  private(set) var value: JSON?
  private(set) var questions = 0
  /// Why the type can't be described by watching.
  private(set) var obstacle: String?

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ describer: SchemaDescriber?, refusing question: Int? = nil) {
    self.describer = describer
    refused = question
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(ProbeMembers(probe: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw meet("reads a list item by item") }

  func singleValueContainer() -> any SingleValueDecodingContainer { ProbeValue(probe: self) }

  /// Notes that the type does what leaves its form open.
  @discardableResult
  func meet(_ what: String) -> DecodingError {
    obstacle = obstacle ?? what
    return .dataCorrupted(.init(codingPath: [], debugDescription: what))
  }

  func field<T: Decodable>(_ type: T.Type, _ key: any CodingKey, isOptional: Bool) throws {
    try ask(type)
    guard let describer else { return }
    if value != nil || fields.contains(where: { $0.name == key.stringValue }) { meet("reads more than one form") }
    let plain = (type as? any OptionalType.Type)?.wrapped ?? type
    fields.append(
      DescribedField(
        name: key.stringValue, schema: describer.schema(of: plain), isOptional: isOptional || plain != type))
  }

  func whole<T: Decodable>(_ type: T.Type) throws {
    try ask(type)
    guard let describer else { return }
    if value != nil || !fields.isEmpty { meet("reads more than one form") }
    value = describer.schema(of: type)
  }

  private func ask(_ type: Any.Type) throws {
    defer { questions += 1 }
    guard questions != refused else {
      throw DecodingError.typeMismatch(type, .init(codingPath: [], debugDescription: "is refused to see what follows"))
    }
  }

  /// A value to go on with.
  func standIn<T: Decodable>(_ type: T.Type) throws -> T {
    do {
      let ready = try (type as? any ReadsJSONText.Type)?.standIn() as? T
      return try ready ?? FieldFailures().placeholder(type)
    } catch {
      throw meet("has a \(type), for which there is no stand-in")
    }
  }
}

/// Tells what an optional wraps.
private protocol OptionalType {
  static var wrapped: Any.Type { get }
}

extension Optional: OptionalType {
  fileprivate static var wrapped: Any.Type { Wrapped.self }
}
