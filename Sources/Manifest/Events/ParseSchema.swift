private let schemaKeys = ["type", "required", "properties", "items", "format", "enum", "minimum"]

extension PayloadSchema.TypeName {
  fileprivate var ownKeys: [String] {
    switch self {
    case .object: ["required", "properties"]
    case .array: ["items"]
    case .string: ["format", "enum"]
    case .integer: ["minimum"]
    case .number, .boolean, .null: []
    }
  }
}

extension PayloadSchema {
  /// Reads a schema; `place` is how messages name it: "payload", "sellers of payload".
  init?(_ value: Value, in place: String, _ mistakes: Mistakes) {
    guard let fields = Fields(value, in: place, keys: schemaKeys, mistakes) else { return nil }
    fields.require("type", example: "string")
    guard let (type, allowsNull) = fields.readType() else { return nil }
    fields.reportStrayKeys(of: type)
    guard let shape = fields.readShape(type, place) else { return nil }
    if allowsNull, case .string(.choice) = shape, let entry = fields.entry("enum") {
      mistakes.add(
        "'enum'\(fields.inPlace) has no null among its choices; take \"null\" out of type", at: entry.position)
    }
    self.init(shape: shape, allowsNull: allowsNull)
  }
}

extension Fields {
  fileprivate func readType() -> (PayloadSchema.TypeName, allowsNull: Bool)? {
    guard let value = value("type") else { return nil }
    let before = mistakes.count
    let words: [PayloadSchema.TypeName] = readFilledList("type", single: true, Numbers.choice)
    let types = words.filter { $0 != .null }
    guard mistakes.count == before else { return nil }
    guard types.count == 1, let type = types.first else {
      mistakes.add("'type'\(inPlace) must be one type, or one type and \"null\"", at: value.position)
      return nil
    }
    return (type, words.contains(.null))
  }

  fileprivate func reportStrayKeys(of type: PayloadSchema.TypeName) {
    for key in schemaKeys where key != "type" && !type.ownKeys.contains(key) {
      guard let entry = entry(key) else { continue }
      mistakes.add("'\(key)'\(inPlace) says nothing about type \(type.rawValue); take it out", at: entry.position)
    }
  }

  fileprivate func readShape(_ type: PayloadSchema.TypeName, _ place: String) -> PayloadSchema.Shape? {
    switch type {
    case .object: .object(readProperties(place))
    case .array: readItems(place).map(PayloadSchema.Shape.array)
    case .string: .string(readText())
    case .integer: .integer(minimum: read("minimum", Numbers.signed))
    case .number: .number
    case .boolean: .boolean
    case .null: nil
    }
  }

  private func readProperties(_ place: String) -> [PayloadSchema.Property] {
    let required = readList("required", Names.field)
    let entries = fields("properties", keys: nil)?.all ?? []
    for name in required where !entries.contains(where: { $0.key == name }) {
      let text = "required '\(name)'\(inPlace) is none of its properties"
      mistakes.add(text + hint(for: name, among: entries.map(\.key)), at: itemPlaces("required")[name] ?? position)
    }
    return entries.compactMap { entry in
      PayloadSchema(entry.value, in: "\(entry.key) of \(place)", mistakes).map {
        PayloadSchema.Property(name: entry.key, schema: $0, isRequired: required.contains(entry.key))
      }
    }
  }

  private func readItems(_ place: String) -> PayloadSchema? {
    require("items", example: "{ type: string }")
    return value("items").flatMap { PayloadSchema($0, in: "items of \(place)", mistakes) }
  }

  private func readText() -> PayloadSchema.Text {
    if let format: PayloadSchema.Format = read("format", Numbers.choice) {
      if let entry = entry("enum") {
        mistakes.add("'enum'\(inPlace) and 'format' exclude each other", at: entry.position)
      }
      return .format(format)
    }
    let choices = readFilledList("enum") { text throws(Mistake) in text }
    return choices.isEmpty ? .any : .choice(choices)
  }
}
