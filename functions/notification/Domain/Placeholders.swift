/// Fills a text's `{{name}}` placeholders; what comes out never holds `{{`, whatever the values are.
struct Placeholders {
  var variables: [String: TemplateVariable]
  var values: [String: TemplateValue]

  func fill(_ text: String, _ escaping: Escaping = .none) throws(TemplateError) -> String {
    var output = ""
    var rest = Substring(text)
    while let opening = rest.firstIndex(ofPair: "{") {
      append(rest[..<opening], to: &output)
      rest = rest[opening...].dropFirst(2)
      guard let closing = rest.firstIndex(ofPair: "}") else { throw .unclosedPlaceholder }
      append(escaping.escape(try value(String(rest[..<closing]))), to: &output)
      rest = rest[closing...].dropFirst(2)
    }
    append(rest, to: &output)
    return output
  }

  private func value(_ name: String) throws(TemplateError) -> String {
    guard let variable = variables[name] else { throw .undeclared(name) }
    guard let value = values[name]?.taken(for: variable.type) else {
      if variable.required { throw .missing(name) }
      return ""
    }
    guard value.type == variable.type else { throw .wrongType(name) }
    return value.text
  }

  /// Two braces that meet, be they of one value or of neighbours, become one.
  private func append(_ text: some StringProtocol, to output: inout String) {
    for character in text where character != "{" || output.last != "{" { output.append(character) }
  }
}

extension Substring {
  fileprivate func firstIndex(ofPair brace: Character) -> Index? {
    indices.first { self[$0] == brace && self[index(after: $0)...].first == brace }
  }
}
