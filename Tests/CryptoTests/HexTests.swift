import Crypto
import Testing

@Suite struct `Hex` {
  @Test func `comes back as the bytes it was made of, in either case`() {
    let bytes = Array(0...255 as ClosedRange<UInt8>)
    #expect(hexString(bytes).hasPrefix("000102030405060708090a0b0c0d0e0f10"))
    #expect(hexDecode(hexString(bytes)) == bytes)
    #expect(hexDecode(hexString(bytes).uppercased()) == bytes)
    #expect(hexDecode("") == [])
  }

  @Test(arguments: ["0", "000", "0g", "g0", "0x00", " 00", "00 ", "0\n", "é", "٠٠", "/:", "@G", "`g"])
  func `is refused when it is something else`(text: String) {
    #expect(hexDecode(text) == nil)
  }
}
