/// Base64 of RFC 4648, section 4, with its padding.
public func base64Encode(_ bytes: [UInt8]) -> String {
  let text = Base64.standard.encode(bytes)
  return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
}

/// The bytes of a padded base64 text; nil when it is not exactly what ``base64Encode(_:)`` makes of them.
public func base64Decode(_ text: String) -> [UInt8]? {
  var digits = Array(text.utf8)
  guard digits.count % 4 == 0 else { return nil }
  for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
  guard text.utf8.count - digits.count == (4 - digits.count % 4) % 4 else { return nil }
  return Base64.standard.decode(digits)
}

/// Base64 for URLs and file names (RFC 4648, section 5), without padding, as tokens use it.
public func base64URLEncode(_ bytes: [UInt8]) -> String { Base64.url.encode(bytes) }

/// The bytes of an unpadded base64url text; nil when it is not exactly what ``base64URLEncode(_:)`` makes of them.
public func base64URLDecode(_ text: String) -> [UInt8]? { Base64.url.decode(Array(text.utf8)) }

/// Six bits to a digit. Decoding takes one spelling of the bytes only: two texts for one token would defeat a deny-list.
private struct Base64 {
  static let standard = Base64("+/")
  static let url = Base64("-_")

  private let digits: [UInt8]
  private var values = [UInt8?](repeating: nil, count: 256)

  private init(_ lastTwo: String) {
    digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(lastTwo)".utf8)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
  }

  func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 4 + 2) / 3)
    var (bits, count) = (0 as UInt32, 0 as UInt32)
    for byte in bytes {
      (bits, count) = (bits << 8 | UInt32(byte), count + 8)
      while count >= 6 {
        count -= 6
        text.append(digits[Int(bits >> count & 63)])
      }
    }
    if count > 0 { text.append(digits[Int(bits << (6 - count) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }

  func decode(_ text: [UInt8]) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var (bits, count) = (0 as UInt32, 0 as UInt32)
    for digit in text {
      guard let value = values[Int(digit)] else { return nil }
      (bits, count) = (bits << 6 | UInt32(value), count + 6)
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
    }
    return bits & (1 << count - 1) == 0 ? bytes : nil
  }
}
