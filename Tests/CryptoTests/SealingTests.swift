import Testing

@testable import Crypto

@Suite struct `Sealing` {
  private static let key = SealingKey(secret: "a secret of thirty-two bytes, and more")

  /// The GCM specification's test cases 13 to 16, with keys of 256 bits.
  @Test(arguments: [
    ("00", "", "", "000000000000000000000000", "530f8afbc74536b9a963b4f1c4cb738b"),
    (
      "00", "00000000000000000000000000000000", "", "000000000000000000000000",
      "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    ),
    (
      "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
      "feedfacedeadbeeffeedfacedeadbeefabaddad2", "cafebabefacedbaddecaf888",
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
    ),
  ])
  func `is AES-256-GCM`(key: String, plain: String, authenticated: String, nonce: String, sealed: String) throws {
    let key = try key == "00" ? [UInt8](repeating: 0, count: 32) : #require(hexDecode(key))
    let nonce = try #require(hexDecode(nonce)), authenticated = try #require(hexDecode(authenticated))
    let plain = try #require(hexDecode(plain))
    #expect(hexString(aesGCMSeal(plain, key: key, nonce: nonce, authenticated: authenticated)) == sealed)
    let bytes = try #require(hexDecode(sealed))
    #expect(aesGCMOpen(bytes[...], key: key, nonce: nonce, authenticated: authenticated) == plain)
  }

  @Test(arguments: ["", "0123456789", "Rekening 💳"]) func `opens for its place`(text: String) throws {
    let sealed = try Self.key.seal(Array(text.utf8), for: "payout:1")
    #expect(Self.key.open(sealed, for: "payout:1") == Array(text.utf8))
    #expect(Self.key.open(sealed, for: "payout:2") == nil)
  }

  @Test func `the same text is never the same bytes`() throws {
    #expect(try Self.key.seal([1, 2], for: "x") != Self.key.seal([1, 2], for: "x"))
  }

  @Test func `no changed bit and no missing byte opens`() throws {
    let sealed = try Self.key.seal(Array("0123456789".utf8), for: "x")
    for index in sealed.indices {
      for bit in 0..<8 {
        var changed = sealed
        changed[index] ^= 1 << bit
        #expect(Self.key.open(changed, for: "x") == nil, "byte \(index), bit \(bit)")
      }
      #expect(Self.key.open(Array(sealed.prefix(index)), for: "x") == nil, "\(index) bytes")
    }
  }

  @Test func `each key knows what it has sealed`() throws {
    let other = SealingKey(secret: "another secret of thirty-two bytes")
    let sealed = try Self.key.seal([7], for: "x")
    #expect(Self.key.hasSealed(sealed) && !other.hasSealed(sealed))
    #expect(other.open(sealed, for: "x") == nil)
  }

  @Test func `a fingerprint is of the text and the secret`() {
    let other = SealingKey(secret: "another secret of thirty-two bytes")
    #expect(Self.key.fingerprint([1]) == Self.key.fingerprint([1]))
    #expect(Self.key.fingerprint([1]) != Self.key.fingerprint([2]))
    #expect(Self.key.fingerprint([1]) != other.fingerprint([1]))
  }
}
