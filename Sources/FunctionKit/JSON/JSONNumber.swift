/// A number as it was written, so that no digit is lost before someone asks for a type.
///
/// Two numbers are equal when their texts are: `5` and `5.0` differ.
public struct JSONNumber: Sendable, Hashable {
  public let text: String

  /// The caller vouches that the text follows the grammar.
  init(verified text: String) { self.text = text }

  /// `nil` unless the text is a number by the JSON grammar: no `+`, no leading zeros, no `NaN`.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    var parser = JSONParser()
    guard case .number(let number) = try? parser.number(bytes.span), parser.at == bytes.count else { return nil }
    self = number
  }

  public init(_ value: some FixedWidthInteger) { text = String(value) }

  /// `nil` for NaN and the infinities, which have no JSON form.
  public init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    text = shortestText(value)
  }

  /// The value if it is whole and fits: `5`, `5.0` and `5e2` do, `5.5` does not.
  public var int: Int? {
    if case .value(let value) = whole(Int.self) { value } else { nil }
  }

  /// The nearest double; infinite if the number is larger than any.
  public var double: Double { Double(text) ?? .nan }
}

/// The shortest text that reads back as the same value; whole values carry no `.0`.
func shortestText(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
