import FunctionKit

/// What a placeholder stands for.
enum TemplateValue: Sendable, Hashable {
  case text(String)
  case rupiah(Int)
  /// How many: chooses among the forms of a text.
  case count(Int)

  var type: TemplateVariable.Kind {
    switch self {
    case .text: .text
    case .rupiah: .rupiah
    case .count: .count
    }
  }

  var text: String {
    switch self {
    case .text(let text): text
    case .rupiah(let amount): rupiahText(amount)
    case .count(let number): String(number)
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
