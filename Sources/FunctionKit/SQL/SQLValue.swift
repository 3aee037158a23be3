/// A value that can stand in a hole of ``SQL``.
public protocol SQLValue {
  /// PostgreSQL's text form; nil is NULL.
  var sqlText: String? { get }
}

extension SQLValue where Self: LosslessStringConvertible {
  public var sqlText: String? { description }
}

extension SQLValue where Self: RawRepresentable, RawValue: SQLValue {
  public var sqlText: String? { rawValue.sqlText }
}

extension String: SQLValue {
  public var sqlText: String? { self }
}
extension Int: SQLValue {}
extension Int16: SQLValue {}
extension Int32: SQLValue {}
extension Int64: SQLValue {}
extension Double: SQLValue {}
extension ID: SQLValue {}

extension Bool: SQLValue {
  public var sqlText: String? { self ? "t" : "f" }
}

extension Instant: SQLValue {
  public var sqlText: String? { microsecondText }
}

extension JSON: SQLValue {
  public var sqlText: String? { String(decoding: serialized(), as: UTF8.self) }
}

/// Bytes for a `bytea` column.
public struct Bytes: SQLValue, Sendable, Hashable {
  public var bytes: [UInt8]
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var sqlText: String? {
    var text = Array("\\x".utf8)
    text.reserveCapacity(2 + 2 * bytes.count)
    for byte in bytes {
      text.append(hexDigit(byte >> 4))
      text.append(hexDigit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Any value as a `jsonb` or `json` column.
public struct AsJSON: SQLValue {
  private let text: String

  /// - Throws: `EncodingError` for what JSON can't say, such as an infinite number.
  public init(_ value: some Encodable) throws { text = try String(decoding: encodeJSON(value), as: UTF8.self) }

  public var sqlText: String? { text }
}

extension Array: SQLValue where Element: SQLValue {
  /// An array literal with every element quoted.
  public var sqlText: String? {
    var literal: [UInt8] = [UInt8(ascii: "{")]
    for element in self {
      if literal.count > 1 { literal.append(UInt8(ascii: ",")) }
      guard let text = element.sqlText else {
        literal += "NULL".utf8
        continue
      }
      literal.append(UInt8(ascii: "\""))
      // By bytes: a quote with a combining mark is one character, but PostgreSQL sees the quote.
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { literal.append(UInt8(ascii: "\\")) }
        literal.append(byte)
      }
      literal.append(UInt8(ascii: "\""))
    }
    literal.append(UInt8(ascii: "}"))
    return String(decoding: literal, as: UTF8.self)
  }
}
