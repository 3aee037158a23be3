import FunctionKit

/// What a placeholder stands for.
enum TemplateValue: Sendable, Hashable {
  case text(String)
  case rupiah(Int)
  /// What another service sent; it is whatever the template takes it for.
  case number(Int)
  /// How many: chooses among the forms of a text.
  case count(Int)

  var type: TemplateVariable.Kind {
    switch self {
    case .text: .text
    case .rupiah: .rupiah
    case .count, .number: .count
    }
  }

  /// The same as what a template has declared, if it can be.
  func taken(for kind: TemplateVariable.Kind) -> TemplateValue {
    guard case .number(let number) = self else { return self }
    return switch kind {
    case .text: .text(String(number))
    case .rupiah: .rupiah(number)
    case .count: .count(number)
    }
  }

  var text: String {
    switch self {
    case .text(let text): text
    case .rupiah(let amount): rupiahText(amount)
    case .count(let number), .number(let number): String(number)
    }
  }
}

/// What a template declares of a placeholder.
struct TemplateVariable: Codable, Sendable, Hashable {
  enum Kind: String, Codable, Sendable, CaseIterable { case text, rupiah, count }

  var type: Kind
  var required: Bool
}

/// Why a text can't be rendered.
enum TemplateError: Error, Equatable {
  case unclosedPlaceholder
  case undeclared(String)
  case missing(String)
  case wrongType(String)
}

extension TemplateValue {
  static func id(_ id: ID) -> TemplateValue { .text(id.description) }
}

/// What is known of the values; what is not is left out.
func known(_ values: KeyValuePairs<String, TemplateValue?>) -> [String: TemplateValue] {
  Dictionary(values.compactMap { name, value in value.map { (name, $0) } }) { $1 }
}

extension TemplateError {
  /// For whoever sent the data.
  var explanation: String {
    switch self {
    case .unclosedPlaceholder: "a placeholder has no end"
    case .undeclared(let name): "'\(name)' is not declared"
    case .missing(let name): "'\(name)' is missing"
    case .wrongType(let name): "'\(name)' is of another type"
    }
  }
}

extension TemplateValue {
  /// What another service has sent for a template's placeholders.
  /// - Throws: ``Problem`` 422 `template_data_invalid`.
  static func all(_ data: [String: JSON]?) throws -> [String: TemplateValue] {
    try (data ?? [:]).mapValues { value in
      if let text = value.string { return .text(text) }
      if let number = value.int { return .number(number) }
      throw Problem(422, "template_data_invalid", "The template's data has what is neither a text nor a whole number.")
    }
  }
}
