import Crypto
import FunctionKit
import Testing

/// The examples of RFC 8037 and of RFC 7515, appendix A.3.
@Suite struct `A public key` {
  private func decoded(_ text: String) throws -> [UInt8] { try #require(base64URLDecode(text)) }

  @Test func `of Ed25519 verifies what RFC 8037 has signed`() throws {
    let key = try #require(PublicKey(ed25519: decoded("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")))
    let message = Array("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".utf8)
    var signature = try decoded(
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
    #expect(key.verifies(signature, of: message))
    #expect(!key.verifies(signature, of: message + [0]))
    signature[0] ^= 1
    #expect(!key.verifies(signature, of: message))
    #expect(!key.verifies([], of: message))
  }

  @Test func `of P-256 verifies what RFC 7515 has signed`() throws {
    let key = try #require(
      PublicKey(
        p256X: decoded("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
        y: decoded("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")))
    let message = Array(
      ("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
        + "fQ").utf8)
    let signature = try decoded(
      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")
    #expect(key.verifies(signature, of: message))
    #expect(!key.verifies(Array(signature.reversed()), of: message))
    #expect(!key.verifies([UInt8](repeating: 0, count: 64), of: message))
    #expect(!key.verifies(Array(signature.dropLast()), of: message))
  }

  @Test func `that is none, or too small, is refused`() {
    #expect(PublicKey(ed25519: [1, 2, 3]) == nil)
    #expect(PublicKey(p256X: [UInt8](repeating: 1, count: 32), y: [UInt8](repeating: 1, count: 32)) == nil)
    #expect(PublicKey(rsaModulus: [UInt8](repeating: 0xFF, count: 128), exponent: [1, 0, 1]) == nil)
    #expect(PublicKey(rsaModulus: [], exponent: []) == nil)
  }
}
