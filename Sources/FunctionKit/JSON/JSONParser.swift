extension JSON {
  /// Reads one document, strictly by RFC 8259: UTF-8 only, at most 64 levels deep, no name twice in an object.
  public static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSON { try parse(bytes.span) }

  /// The same for bytes that live in someone else's buffer.
  public static func parse(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSON {
    var parser = JSONParser()
    return try parser.document(bytes)
  }
}

/// A cursor over a document; the bytes are passed along, because a span cannot be stored.
struct JSONParser {
  static let deepest = 64

  var at = 0
  var depth = 0

  mutating func document(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSON {
    skipSpace(bytes)
    guard at < bytes.count else { throw JSONSyntaxError("the document is empty", at: at, in: bytes) }
    let result = try value(bytes)
    skipSpace(bytes)
    guard at == bytes.count else {
      throw JSONSyntaxError("unexpected text after the end of the document", at: at, in: bytes)
    }
    return result
  }

  mutating func value(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSON {
    switch peek(bytes) {
    case UInt8(ascii: "\""): return .string(try text(bytes))
    case UInt8(ascii: "{"): return try object(bytes)
    case UInt8(ascii: "["): return try array(bytes)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(bytes)
    case UInt8(ascii: "t"): return try word("true", .bool(true), bytes)
    case UInt8(ascii: "f"): return try word("false", .bool(false), bytes)
    case UInt8(ascii: "n"): return try word("null", .null, bytes)
    default: throw expected("a value", bytes)
    }
  }

  private mutating func word(_ word: String, _ value: JSON, _ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSON {
    let start = at
    for byte in word.utf8 {
      guard peek(bytes) == byte else { throw JSONSyntaxError("expected '\(word)'", at: start, in: bytes) }
      at += 1
    }
    return value
  }

  /// The byte at the cursor; past the end a NUL, which no rule of the grammar accepts.
  func peek(_ bytes: Span<UInt8>) -> UInt8 { at < bytes.count ? bytes[at] : 0 }

  mutating func take(_ byte: Unicode.Scalar, _ bytes: Span<UInt8>) -> Bool {
    guard peek(bytes) == UInt8(ascii: byte) else { return false }
    at += 1
    return true
  }

  mutating func skipSpace(_ bytes: Span<UInt8>) {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
      at += 1
    }
  }

  func expected(_ what: String, _ bytes: Span<UInt8>) -> JSONSyntaxError {
    let ending = at < bytes.count ? "" : ", but the document ends here"
    return JSONSyntaxError("expected \(what)\(ending)", at: at, in: bytes)
  }
}
