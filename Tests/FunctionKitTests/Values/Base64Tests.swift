import FunctionKit
import Testing

@Suite struct `Base64` {
  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func `goes both ways`(text: String, encoded: String) {
    #expect(base64Encode(Array(text.utf8)) == encoded)
    #expect(base64Decode(encoded) == Array(text.utf8))
    let unpadded = String(encoded.prefix { $0 != "=" })
    #expect(base64URLEncode(Array(text.utf8)) == unpadded)
    #expect(base64URLDecode(unpadded) == Array(text.utf8))
  }

  @Test func `has two alphabets`() {
    let bytes: [UInt8] = [0xfb, 0xff, 0xbf]
    #expect(base64Encode(bytes) == "+/+/")
    #expect(base64URLEncode(bytes) == "-_-_")
    #expect(base64Decode("-_-_") == nil)
    #expect(base64URLDecode("+/+/") == nil)
  }

  @Test func `every byte comes back at every length`() {
    for count in 0...260 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167) }
      #expect(base64Decode(base64Encode(bytes)) == bytes)
      #expect(base64URLDecode(base64URLEncode(bytes)) == bytes)
    }
  }

  @Test(arguments: [
    "Zg", "Zg=", "Zg===", "Z===", "=", "====", "Zm9v====", "Zh==", "Zm9=", "Z g=", "Zg==\n", "Zg==Zg==", "é===",
  ])
  func `a text that is not its one spelling is refused`(text: String) {
    #expect(base64Decode(text) == nil)
  }

  @Test(arguments: ["Z", "Zg==", "Zh", "Zm9", "Zm9vY", "Z=", "Zg\n"])
  func `an unpadded text that is not its one spelling is refused`(text: String) {
    #expect(base64URLDecode(text) == nil)
  }
}
