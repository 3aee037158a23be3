/// What the decoder reads without asking the type to decode itself.
protocol NodeScalar: Decodable {
  static func read(_ node: InputNode) throws(FieldProblem) -> Self
  /// Taken for a field that was reported and is never seen by a function.
  static var dummy: Self { get }
}

extension String: NodeScalar {
  static var dummy: String { "" }

  static func read(_ node: InputNode) throws(FieldProblem) -> String {
    switch node.plain {
    case .json(.string(let text)): return text
    case .texts(let texts): return try only(texts)
    case .ghost(let specimen): return specimen.text
    default: throw node.problem("must be text")
    }
  }
}

extension Bool: NodeScalar {
  static var dummy: Bool { false }

  static func read(_ node: InputNode) throws(FieldProblem) -> Bool {
    switch node.plain {
    case .json(.bool(let value)): return value
    case .texts(let texts):
      guard let value = Bool(try only(texts)) else { throw node.problem("must be true or false") }
      return value
    case .ghost: return false
    default: throw node.problem("must be true or false")
    }
  }
}

/// The value of a name that must not be given twice.
func only(_ texts: [String]) throws(FieldProblem) -> String {
  guard texts.count == 1 else { throw .repeated }
  return texts[0]
}
