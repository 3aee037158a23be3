extension SwiftText {
  /// What a literal says: its text without indentation and escapes, and the expressions in its holes.
  func parts(of span: LiteralSpan) -> [SwiftLiteral.Part] {
    var parts: [SwiftLiteral.Part] = []
    var text: [UInt8] = []
    var index = afterIndentation(span.content.lowerBound, span)
    while index < span.content.upperBound {
      guard let escape = escape(at: index, span.hashes) else {
        text.append(self[index])
        index = self[index] == UInt8(ascii: "\n") ? afterIndentation(index + 1, span) : index + 1
        continue
      }
      if self[escape] == UInt8(ascii: "(") {
        let end = endOfBrackets(at: escape)
        if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
        parts.append(.hole(string(escape + 1..<max(escape + 1, end - 1))))
        (text, index) = ([], end)
      } else {
        index = unescape(escape, span, into: &text)
      }
    }
    if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
    return parts
  }

  private func afterIndentation(_ start: Int, _ span: LiteralSpan) -> Int {
    var index = start
    while index < min(start + span.indentation, span.content.upperBound), self[index] != UInt8(ascii: "\n"),
      self[index].isSpace
    { index += 1 }
    return index
  }

  /// Adds what an escape stands for.
  /// - Returns: the place behind it.
  private func unescape(_ escape: Int, _ span: LiteralSpan, into text: inout [UInt8]) -> Int {
    switch self[escape] {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "0"): text.append(0)
    case UInt8(ascii: "u"): return unescapeScalar(escape, into: &text)
    case let byte where byte.isSpace: return afterLineBreak(escape, span)
    case let byte: text.append(byte)
    }
    return escape + 1
  }

  /// `\u{1F600}`.
  private func unescapeScalar(_ escape: Int, into text: inout [UInt8]) -> Int {
    let end = self[escape..<count].firstIndex(of: UInt8(ascii: "}")) ?? count - 1
    let digits = escape + 2 <= end ? string(escape + 2..<end) : ""
    if let scalar = UInt32(digits, radix: 16).flatMap(UnicodeScalar.init) { text += String(Character(scalar)).utf8 }
    return end + 1
  }

  /// A backslash at the end of a line joins it with the next.
  private func afterLineBreak(_ escape: Int, _ span: LiteralSpan) -> Int {
    let rest = self[min(escape, span.content.upperBound)..<span.content.upperBound]
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return span.content.upperBound }
    return afterIndentation(end + 1, span)
  }
}
