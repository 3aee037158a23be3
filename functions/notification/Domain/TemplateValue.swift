/// What a placeholder stands for.
enum TemplateValue: Sendable, Hashable {
  case text(String)
  case rupiah(Int)

  var type: TemplateVariable.Kind {
    switch self {
    case .text: .text
    case .rupiah: .rupiah
    }
  }

  var text: String {
    switch self {
    case .text(let text): text
    case .rupiah(let amount): rupiahText(amount)
    }
  }
}

/// What a template declares of a placeholder.
struct TemplateVariable: Decodable, Sendable, Hashable {
  enum Kind: String, Decodable, Sendable, CaseIterable { case text, rupiah }

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
