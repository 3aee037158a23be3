import Crypto
import FunctionKit
import Testing

/// Keys made for these tests alone.
@Suite struct `A private key` {
  private let p256 =
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBCZwPim8rbp1S3rHbMFDcviJ3mNh4v8a/X6JywqrMcWhRANCAATz"
    + "cXeJQPxFqmZ+mOQ5+uYfvdyC97Fo5bDhRMMyLqF62JZ8WhQCl5BID3ilrOugX9G0WckB2cpNFbp05nCs25om"
  private let p256Public =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83F3iUD8RapmfpjkOfrmH73cgvexaOWw4UTDMi6hetiWfFoUApeQSA94pazroF/R"
    + "tFnJAdnKTRW6dOZwrNuaJg=="
  private let rsa =
    "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCyq5ahrRAs85uyoI+oKV5koXaiN442smvnoaGM6CsAWTUhxsQG"
    + "8EfpGE4wZGkA7X39B9ROA5BgUr31PiTmWqOmpigOwPbM/NSda9A+zlXIehLo3O/zG6qaLdsU1teVf7nLzG5g5sEuUk5gqtbjZHE6"
    + "OjnDeUwrm+6U0YD+kcakHbrkU4gK33vfo1Ob/3RbKFTufUg0vVQ8P03Doc5jIhzKSzyERyY/uauAN9lz7hcvwpPi1IvxlfkndSMl"
    + "JjSY5gDc9GmYwHezQpxW9x6uxyindWYwJFNpISgedHsnWI111DrDz49+gOc669kxAhWcCBjsxBfnbbmVCXBai/tMpMqjAgMBAAEC"
    + "ggEAGXTx8QvmenEkkE6TiViI7CTxRpWh0VCZ/UEonRoAnnvCDT5JHy/3Hv1pOTiP7s49HY3oWvaOXfBhbmLcq7w4Wv3g8TvfLj/L"
    + "z2OAIqK60uX0ccdLokN2ivcuTYl64qsgftVxg079hqsQIx0poZvlt2/PsSFEOrvB7ORDe9dWCns7mf9G8vANSupGAKvbLumM9CGR"
    + "mF7gKI046+TgvdZArhVyi+GsCVnELLargkbxgNR1v6q/Rybzvu0WuDYDNkDw9IIG1DmdGmIvDUxx8ePAO+A2jyzFj2GFxjIPFrgM"
    + "g6rLUnyROwKj1Ut6auBiuq9eDx0yrpBZDUVk1/cF2cSm2QKBgQDevw+t5qcIyXZJO2phNqEq4jB11yNzf+W21NqhFPDKCTQYx0JI"
    + "c92ORlWY6KhW0HXWoWfuvkUbPIOWVUVKos0Cg16BZvD4ZRWJIN64PFVowL1PW1xH9/e6e5NkpSmPgXf1uH0k0P5kUH7h7VcYpeIX"
    + "VE+DS19rVyp7vy/twIqDTQKBgQDNWAY0WhxjQBRJSfyEy/3CfSXMWE5Z2zpgnA+QlgW3yBPzg5YCE3UGfDdTlyGRjV5XuNo0satQ"
    + "hPFggko5j3wtqEmuheRVXkxA0Wt7Vn9mOaFw31iBi5j6pMaITwM/in/YvByIuAXUE9oBrof4e033nwmLprFB9fAT/0/wryKtrwKB"
    + "gD4vKLlrwwX4+ETJiZFKJwRJ0S2Uuhjsg7ze/4ooxnAg0aJ5Pk/ryNaHXC4sBZL2727T8Kf+BlzsL/AwLgAAIyuocSG/E1bFIZX+"
    + "zy6v6UgtRqx43PJaj5ZIGYXndgrSIiM/NfCpR9vJfSKll8MRzGSm7OvChwj4dKvHXCILtp+hAoGAQqtXqFuxZ9AARiNNZ1hL1X+I"
    + "bCYnmikBdSh2LT1oMdk2ERQh+h6TGj3uQKeK8JTzkouj3QPqWUQwkmL68mFRsgk3kwBJuCXboBfeS7czud7wOZNqSvUmAArLoqn0"
    + "pgazp4y7vu/whIDFgVJHNzfhgooSMVM3rfDJt9RnAf/6xGUCgYA8b8fUYCjeC2jpoDa/qcWo7ySe5ugbHLYwx68+8PEWVOwaO+F/"
    + "5DLYalragkyMbsstQpj6LzW7NCrXj3XjD2bJ6ZiA6EckpqsWCUSijGqNkbPbzHsAHVAtBJlQ4TOj0DDu0wvQqvv1xJAilZGDjXx5"
    + "dZyTVcx1FK8jKkQ/HHK0NQ=="
  private let modulus =
    "B2AB96A1AD102CF39BB2A08FA8295E64A176A2378E36B26BE7A1A18CE82B00593521C6C406F047E9184E30646900ED7DFD07"
    + "D44E03906052BDF53E24E65AA3A6A6280EC0F6CCFCD49D6BD03ECE55C87A12E8DCEFF31BAA9A2DDB14D6D7957FB9CBCC6E60"
    + "E6C12E524E60AAD6E364713A3A39C3794C2B9BEE94D180FE91C6A41DBAE453880ADF7BDFA3539BFF745B2854EE7D4834BD54"
    + "3C3F4DC3A1CE63221CCA4B3C8447263FB9AB8037D973EE172FC293E2D48BF195F927752325263498E600DCF46998C077B342"
    + "9C56F71EAEC728A775663024536921281E747B27588D75D43AC3CF8F7E80E73AEBD93102159C0818ECC417E76DB99509705A"
    + "8BFB4CA4CAA3"
  private let message = Array("a message".utf8)

  @Test func `of P-256 signs what its public half verifies`() throws {
    let key = try #require(base64Decode(p256).flatMap { PrivateKey(pkcs8: $0) })
    let other = try #require(base64Decode(p256Public).flatMap { PublicKey(p256SubjectInfo: $0) })
    let signature = try #require(key.sign(message))
    #expect(other.verifies(encoded: signature, of: message))
    #expect(!other.verifies(encoded: signature, of: message + [0]))
    #expect(!other.verifies(encoded: Array(signature.dropLast()), of: message))
    #expect(!other.verifies(encoded: signature + [0], of: message))
  }

  @Test func `of RSA signs as tokens want it`() throws {
    let key = try #require(base64Decode(rsa).flatMap { PrivateKey(pkcs8: $0) })
    let other = try #require(hexDecode(modulus).flatMap { PublicKey(rsaModulus: $0, exponent: [1, 0, 1]) })
    let signature = try #require(key.sign(message))
    #expect(signature.count == 256 && other.verifies(signature, of: message))
    #expect(key.sign(message) == signature)
    #expect(!other.verifies(signature, of: message + [0]))
  }

  @Test func `that is none is refused`() throws {
    let whole = try #require(base64Decode(p256))
    for bytes in [[], [0x30], Array(whole.dropLast()), Array("-----BEGIN PRIVATE KEY-----".utf8)] {
      #expect(PrivateKey(pkcs8: bytes) == nil)
    }
  }
}

@Suite struct `HMAC-SHA-1` {
  /// The second example of RFC 2202.
  @Test func `agrees with its specification`() {
    let code = hmacSHA1(key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8))
    #expect(hexString(code) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
    #expect(hmacSHA1(key: [], message: []).count == 20)
  }
}
