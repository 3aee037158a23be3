/// Finds the JSON Schemas of types: those that state theirs are believed, the others are watched as they decode
/// themselves. What can't be told so is `{}`, which is never wrong, and is noted.
public final class SchemaDescriber {
  public enum Direction: Sendable { case input, output }

  let direction: Direction
  /// Schemas that others refer to by name, below `#/components/schemas/`.
  private(set) var definitions = JSONObject()
  /// What could not be described, each with its reason.
  private(set) var unknown: [String] = []
  private var underWay: [ObjectIdentifier] = []
  private var named: Set<String> = []

  init(_ direction: Direction) { self.direction = direction }

  public func schema(of type: Any.Type) -> JSON {
    if let type = type as? any SchemaDescribing.Type { return type.jsonSchema }
    if let type = type as? any SchemaComposed.Type { return type.schema(by: self) }
    if let type = type as? any CaseIterable.Type, let values = values(of: type) { return values }
    guard let type = type as? any Decodable.Type else {
      return note(type, "can't be read back; make it Codable, or have it state its schema (SchemaDescribing)")
    }
    return described(type)
  }

  /// - Returns: `{}`.
  func note(_ type: Any.Type, _ why: String) -> JSON {
    unknown.append("\(String(reflecting: type)) \(why)")
    return [:]
  }

  private func described<T: Decodable>(_ type: T.Type) -> JSON {
    let name = direction == .output ? definitionName(type) : nil
    if let name, definitions[name] != nil { return reference(name) }
    guard !underWay.contains(ObjectIdentifier(type)) else {
      guard let name else { return note(type, "holds itself") }
      named.insert(name)
      return reference(name)
    }
    underWay.append(ObjectIdentifier(type))
    defer { underWay.removeLast() }
    let schema = look(at: type).schema(direction) ?? [:]
    guard let name, schema["properties"] != nil || named.contains(name) else { return schema }
    definitions[name] = schema
    return reference(name)
  }

  private func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

  /// What of the type is known; what is not has been noted.
  func look<T: Decodable>(at type: T.Type) -> Look {
    let probe = SchemaProbe(self)
    let sample = Result { try T(from: probe) }
    if let obstacle = obstacle(type, probe, sample) {
      _ = note(type, "\(obstacle); have it state its schema (SchemaDescribing)")
      return .nothing
    }
    if let value = probe.value { return .value(value) }
    return .object(limited(probe.fields, of: type))
  }

  private func limited(_ fields: [DescribedField], of type: Any.Type) -> [DescribedField] {
    guard let limits = (type as? any Limited.Type)?.limits else { return fields }
    for name in limits.keys.sorted() where !fields.contains(where: { $0.name == name }) {
      _ = note(type, "limits '\(name)', which is none of its fields")
    }
    return fields.map { field in
      guard let limit = limits[field.name] else { return field }
      return DescribedField(
        name: field.name, schema: field.schema.limited(by: limit), isOptional: field.isOptional && !limit.isNeeded)
    }
  }
}

/// What watching a type has shown.
enum Look {
  case object([DescribedField])
  case value(JSON)
  case nothing

  func schema(_ direction: SchemaDescriber.Direction) -> JSON? {
    switch self {
    case .object(let fields): direction == .input ? fields.whenRead : fields.whenWritten
    case .value(let schema): schema
    case .nothing: nil
    }
  }
}

/// The type without its module's suffix: `Payment.PaymentView`; nil for what has no name that others could say.
private func definitionName(_ type: Any.Type) -> String? {
  let parts = String(reflecting: type).split(separator: ".")
  guard let module = parts.first, parts.joined().utf8.allSatisfy(isNameByte) else { return nil }
  let bundle = module.hasSuffix("Functions") ? module.dropLast("Functions".count) : module
  return ([bundle] + parts.dropFirst()).joined(separator: ".")
}

private func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"),
    UInt8(ascii: "_"):
    true
  default: false
  }
}
