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
      var rest = Substring(fragment.text)
      for (index, value) in fragment.binds.enumerated() {
        guard let hole = rest.firstRange(ofHole: index + 1) else { continue }
        text += rest[..<hole.lowerBound]
        bind(value)
        rest = rest[hole.upperBound...]
      }
      text += rest
    }

    private mutating func bind(_ value: String?) {
      binds.append(value)
      text += "$\(binds.count)"
    }
  }
}

extension Substring {
  fileprivate func firstRange(ofHole number: Int) -> Range<Index>? {
    let hole = "$\(number)"
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(hole) { return start..<index(start, offsetBy: hole.count) }
      start = index(after: start)
    }
    return nil
  }
}
