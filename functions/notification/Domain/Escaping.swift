/// How a value is written so that it stays a value in the text around it.
enum Escaping {
  case none, html, url

  func escape(_ value: String) -> String {
    switch self {
    case .none: value
    case .html: value.unicodeScalars.map(Self.html).joined()
    case .url: value.utf8.map(Self.url).joined()
    }
  }

  /// By scalars: a quote with a combining mark is one character, but browsers see the quote.
  private static func html(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    default: String(scalar)
    }
  }

  /// Everything but RFC 3986's unreserved characters as `%XX`.
  private static func url(_ byte: UInt8) -> String {
    let character = Character(Unicode.Scalar(byte))
    if character.isASCII, character.isLetter || character.isNumber || "-._~".contains(character) {
      return String(character)
    }
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (byte < 16 ? "0" : "") + digits
  }
}
