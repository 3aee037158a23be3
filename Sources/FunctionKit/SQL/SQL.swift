/// One statement, written as a literal whose holes are binds: a value can't become part of the text.
///
///     "select * from payment where id = \(id) and status = \(status)"
public struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The text with `$1`, `$2` … where values go.
  public let text: String
  /// The values in PostgreSQL's text form; nil is NULL.
  public let binds: [String?]

  public init(stringLiteral text: String) {
    self.text = text
    binds = []
  }

  public init(stringInterpolation parts: StringInterpolation) {
    text = parts.text
    binds = parts.binds
  }

  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    var text = ""
    var binds: [String?] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 3 * interpolationCount)
      binds.reserveCapacity(interpolationCount)
    }

    public mutating func appendLiteral(_ literal: String) { text += literal }

    public mutating func appendInterpolation(_ value: some SQLValue) { bind(value.sqlText) }

    public mutating func appendInterpolation(_ value: (some SQLValue)?) { bind(value?.sqlText) }

    /// Another statement's text and binds, such as a shared list of columns or a condition.
    public mutating func appendInterpolation(_ fragment: SQL) {
      guard !fragment.binds.isEmpty else { return text.append(fragment.text) }
      var start = fragment.text.startIndex
      for (index, value) in fragment.binds.enumerated() {
        guard let hole = fragment.text.firstHole(index + 1, from: start) else { continue }
        text += fragment.text[start..<hole.lowerBound]
        bind(value)
        start = hole.upperBound
      }
      text += fragment.text[start...]
    }

    private mutating func bind(_ value: String?) {
      binds.append(value)
      text.append("$")
      text.append(binds.count.description)
    }
  }
}

extension String {
  fileprivate func firstHole(_ number: Int, from start: Index) -> Range<Index>? {
    let digits = number.description.utf8
    var rest = utf8[start...]
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      rest = rest[utf8.index(after: dollar)...]
      if rest.starts(with: digits) { return dollar..<utf8.index(dollar, offsetBy: 1 + digits.count) }
    }
    return nil
  }
}
