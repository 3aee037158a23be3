/// Why a text is not JSON, and where, in words its author can act on.
public struct JSONSyntaxError: Error, Sendable, Equatable {
  /// Counted from 1.
  public var line: Int
  /// Counted from 1, in characters (Unicode scalars), not bytes.
  public var column: Int
  /// For example `expected ',' or '}' after a value`.
  public var message: String

  public init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// Lines are counted only now, so that a good document never pays for it.
  init(_ message: String, at offset: Int, in bytes: Span<UInt8>) {
    self.init(line: 1, column: 1, message: message)
    for index in 0..<min(offset, bytes.count) {
      if bytes[index] == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if bytes[index] & 0xC0 != 0x80 {
        column += 1
      }
    }
  }
}

extension JSONSyntaxError: CustomStringConvertible {
  public var description: String { "line \(line), column \(column): \(message)" }
}
