/// What a function takes and answers, as its types have it.
public struct FunctionShape: Sendable {
  public let input: InputShape
  public let answers: [AnswerShape]
  /// Schemas that the answers refer to.
  public let definitions: JSONObject
  /// What could not be described, each with its reason.
  public let unknown: [String]

  /// Of what no type takes and answers.
  public init(input: InputShape, answers: [AnswerShape], definitions: JSONObject) {
    self.input = input
    self.answers = answers
    self.definitions = definitions
    unknown = []
  }

  init<Input: Decodable>(_ input: Input.Type, answers: (SchemaDescriber) -> [AnswerShape]) {
    let (taken, given) = (SchemaDescriber(.input), SchemaDescriber(.output))
    self.input = InputShape(input, taken)
    self.answers = answers(given)
    definitions = given.definitions
    unknown = taken.unknown + given.unknown
  }
}

/// What a function's input is read from.
public enum InputShape: Sendable {
  /// Named fields, each of the path, the body or the query.
  case fields([DescribedField])
  /// A body of this schema.
  case body(JSON)

  init<Input: Decodable>(_ type: Input.Type, _ describer: SchemaDescriber) {
    if let type = type as? any SchemaDescribing.Type {
      self = .body(type.jsonSchema)
    } else if let type = type as? any SchemaComposed.Type {
      self = .body(type.schema(by: describer))
    } else if case .object(let fields) = describer.look(at: type) {
      self = .fields(fields)
    } else {
      self = .body([:])
    }
  }
}

/// One of the answers that a function gives when it does not refuse.
public struct AnswerShape: Sendable {
  /// `200`, `2XX` for any of them, or `default`.
  public let status: String
  /// Nil for an answer without a body.
  public let contentType: String?
  public let schema: JSON
  /// Whether it may carry an `ETag`.
  public let hasVersion: Bool

  public init(_ status: String, _ contentType: String?, _ schema: JSON = [:], hasVersion: Bool = false) {
    self.status = status
    self.contentType = contentType
    self.schema = schema
    self.hasVersion = hasVersion
  }

  /// The usual envelope.
  public init(envelope data: JSON, meta: JSON? = nil, status: String = "200", hasVersion: Bool = false) {
    var properties: JSONObject = ["success": ["const": true], "data": data]
    if let meta { properties["meta"] = meta }
    let names = properties.members.map { JSON.string($0.name) }
    self.init(
      status, "application/json",
      ["type": "object", "properties": .object(properties), "required": .array(names)], hasVersion: hasVersion)
  }
}
