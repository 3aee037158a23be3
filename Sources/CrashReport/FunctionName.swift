/// A demangled name in the form that people write: `PaymentFunctions ChargeCard.handle(_:context:)`.
struct FunctionName: CustomStringConvertible {
  let description: String

  init(demangled: String) { description = FunctionName.short(demangled[...]) }

  private static func short(_ name: Substring) -> String {
    for (word, rest) in [(" partial function for ", name), (" forwarder for ", name), ("> of ", name)] {
      if let end = rest.firstRange(of: word)?.upperBound, !isCall(rest[..<end]) { return short(rest[end...]) }
    }
    for word in ["specialized ", "merged ", "static ", "@objc ", "implicit "] where name.hasPrefix(word) {
      return short(name.dropFirst(word.count))
    }
    if name.hasPrefix("closure #"), let owner = outside(of: name, after: " in ") {
      return short(owner) + " " + name.split(separator: " ").prefix(2).joined(separator: " ")
    }
    if name.hasPrefix("protocol witness for "), let type = witness(name) { return type }
    return signature(name)
  }

  /// Whether a word that was found is only part of a function's parameters.
  private static func isCall(_ text: Substring) -> Bool { text.contains(".") && text.contains("(") }

  /// `protocol witness for Kit.Function.handle(…) … in conformance Payment.Charge : Kit.Function in Payment`
  private static func witness(_ name: Substring) -> String? {
    guard let middle = name.firstRange(of: " in conformance ") else { return nil }
    let type = name[middle.upperBound...].prefix { $0 != " " }
    let requirement = signature(name[..<middle.lowerBound].dropFirst("protocol witness for ".count))
    let call = requirement.prefix { $0 != "(" }
    let member = call.split(separator: ".").last ?? call
    return signature("\(type).\(member)") + requirement.dropFirst(call.count)
  }

  /// The module, the name within it, and the labels of its parameters.
  private static func signature(_ name: Substring) -> String {
    let plain = withoutDiscriminators(name)
    let path = plain.prefix { $0 != "(" && $0 != "<" && $0 != " " }
    let parts = path.split(separator: ".", maxSplits: 1)
    guard parts.count == 2 else { return String(plain.prefix { $0 != "(" }) }
    let rest = plain[path.endIndex...].drop { $0 != "(" }
    return "\(parts[0]) \(parts[1])" + (rest.isEmpty ? "" : "(" + labels(rest) + ")")
  }

  /// `(extension in Payment):Kit.Database.(charges in _39E2)(of: …)` is `Payment.Database.charges(of: …)` to people.
  private static func withoutDiscriminators(_ name: Substring) -> Substring {
    var text = name
    if text.hasPrefix("(extension in "), let end = text.firstRange(of: "):") {
      let module = text[..<end.lowerBound].dropFirst("(extension in ".count)
      text = module + text[end.upperBound...].drop { $0 != "." }
    }
    guard let hash = text.firstRange(of: " in _"), let open = text[..<hash.lowerBound].lastIndex(of: "("),
      let close = text[hash.upperBound...].firstIndex(of: ")")
    else { return text }
    return text[..<open] + text[open..<hash.lowerBound].dropFirst() + text[close...].dropFirst()
  }

  /// `_:context:` of `(A.Input, context: Kit.Context) async throws -> A.Output`.
  private static func labels(_ parameters: Substring) -> String {
    var labels = "", parameter = "", depth = 0, previous: Character = " "
    for character in parameters {
      if ")]".contains(character) || character == ">" && previous != "-" { depth -= 1 }
      let isOver = depth == 0
      if isOver || depth == 1 && character == "," {
        if !parameter.isEmpty { labels += label(parameter) }
        parameter = ""
      } else if depth >= 1 {
        parameter.append(depth == 1 ? character : "…")
      }
      if isOver, !labels.isEmpty || previous != " " { break }
      if "([<".contains(character) { depth += 1 }
      previous = character
    }
    return labels
  }

  private static func label(_ parameter: String) -> String {
    let parts = parameter.split(separator: ":", maxSplits: 1)
    return parts.count == 2 ? parts[0].drop { $0 == " " } + ":" : "_:"
  }

  /// What follows the word, where it is not within brackets.
  private static func outside(of name: Substring, after word: String) -> Substring? {
    var depth = 0, index = name.startIndex
    while index < name.endIndex {
      if depth == 0, name[index...].hasPrefix(word) { return name[index...].dropFirst(word.count) }
      if name[index] == "(" { depth += 1 } else if name[index] == ")" { depth -= 1 }
      index = name.index(after: index)
    }
    return nil
  }
}
