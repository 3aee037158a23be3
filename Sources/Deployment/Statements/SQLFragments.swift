/// The pieces of SQL of a bundle that its statements share, by what they are declared with.
struct SQLFragments {
  /// More than one for a function that gives back this or that.
  private var literals: [String: [SwiftLiteral]] = [:]

  init(_ all: [SwiftLiteral]) {
    for literal in all {
      guard let declaration = literal.declaration else { continue }
      literals[(literal.scope + [declaration.name]).joined(separator: "."), default: []].append(literal)
    }
    // Nobody can tell here which of two declarations is meant.
    literals = literals.filter { $0.value.allSatisfy { [first = $0.value[0]] in $0.declaration == first.declaration } }
  }

  /// A statement as the database gets it, for each choice that functions have: shared pieces in place, and every other hole
  /// a parameter.
  func texts(of literal: SwiftLiteral) -> [String] {
    variants(of: literal, depth: 0).map { parts in
      var holes = 0
      return parts.map { part in
        guard part == nil else { return part ?? "" }
        holes += 1
        return "$\(holes)"
      }.joined()
    }
  }

  /// Beyond these, a piece is taken for a value.
  private static let most = (depth: 5, variants: 16)

  /// The parts of a literal, nil for a value, in every way that they can be.
  private func variants(of literal: SwiftLiteral, depth: Int) -> [[String?]] {
    literal.parts.reduce([[]]) { variants, part in
      let next = choices(part, in: literal.scope, depth: depth)
      let fitting = variants.count * next.count > SQLFragments.most.variants ? [[nil]] : next
      return variants.flatMap { variant in fitting.map { variant + $0 } }
    }
  }

  private func choices(_ part: SwiftLiteral.Part, in scope: [String], depth: Int) -> [[String?]] {
    switch part {
    case .text(let text): return [[text]]
    case .hole(let expression):
      let pieces = depth < SQLFragments.most.depth ? fragments(expression, in: scope) : []
      return pieces.isEmpty ? [[nil]] : pieces.flatMap { variants(of: $0, depth: depth + 1) }
    }
  }

  /// What `columns`, `Self.columns`, `Row.columns` or `try condition(x)` refers to within a type: the innermost that fits.
  private func fragments(_ expression: String, in scope: [String]) -> [SwiftLiteral] {
    guard let name = referredName(expression) else { return [] }
    let isOwn = name.hasPrefix("Self.")
    let path = isOwn ? String(name.dropFirst(5)) : name
    for length in (isOwn ? scope.count...scope.count : 0...scope.count).reversed() {
      if let found = literals[(scope.prefix(length) + [path]).joined(separator: ".")] { return found }
    }
    return []
  }
}

/// The name that an expression consists of, with `()` for a call; nil for one that is more than that.
private func referredName(_ expression: String) -> String? {
  let call = expression.hasPrefix("try ") ? String(expression.dropFirst(4)) : expression
  let name = call.prefix { $0.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: ".") } }
  if name.endIndex == call.endIndex { return call }
  let rest = SwiftText(Array(call[name.endIndex...].utf8))
  return rest[0] == UInt8(ascii: "(") && rest.endOfBrackets(at: 0) == rest.count ? "\(name)()" : nil
}
