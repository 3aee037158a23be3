/// Plain numbers and words of a fixed choice.
enum Numbers {
  static func whole(_ text: String, in range: ClosedRange<Int>) throws(Mistake) -> Int {
    guard let number = digits(text) else { throw Mistake("is not a whole number") }
    guard range.contains(number) else {
      let bound =
        range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
      throw Mistake("is out of range; it must be \(bound)")
    }
    return number
  }

  static func signed(_ text: String) throws(Mistake) -> Int {
    guard let number = Int(text), !text.hasPrefix("+") else { throw Mistake("is not a whole number") }
    return number
  }

  static func port(_ text: String) throws(Mistake) -> Int { try whole(text, in: 1...65535) }

  static func flag(_ text: String) throws(Mistake) -> Bool {
    switch text {
    case "true": return true
    case "false": return false
    default: throw Mistake("must be true or false")
    }
  }

  static func choice<Choice: RawRepresentable<String> & CaseIterable>(_ text: String) throws(Mistake) -> Choice {
    if let choice = Choice(rawValue: text) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    let hint = hint(for: text, among: words)
    throw Mistake("is not known; \(words.count == 1 ? "the only choice is" : "choose") \(listed(words))\(hint)")
  }
}

/// Digits only: Swift's own parser would also take a sign.
func digits(_ text: some StringProtocol) -> Int? {
  guard !text.isEmpty, text.allSatisfy(isDigit) else { return nil }
  return Int(text)
}

/// "a, b or c".
func listed(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
