/// Where a list goes on: opaque to clients, and good for the list it came from only.
public struct Cursor: Sendable {
  /// The last item's position, in the list's own terms.
  public let position: String

  /// Reads a client's cursor; nil in, nil out.
  /// - Throws: ``Problem`` 400 `invalid_cursor`.
  public init?(_ text: String?, list: String) throws {
    guard let text else { return nil }
    guard let bytes = Cursor.bytes(hex: text), let position = Cursor.position(bytes, list: list) else {
      throw Problem.invalidCursor
    }
    self.position = position
  }

  /// The text that leads a client to what follows the position.
  public static func text(list: String, position: String) -> String {
    String(decoding: "\(list):\(position)".utf8.flatMap { [hexDigit($0 >> 4), hexDigit($0 & 15)] }, as: UTF8.self)
  }

  private static func bytes(hex text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap(hexValue)
    guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  private static func position(_ bytes: [UInt8], list: String) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self), text.hasPrefix("\(list):") else { return nil }
    return String(text.dropFirst(list.count + 1))
  }
}
