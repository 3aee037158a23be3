internal import Crypto
internal import FunctionKit

/// The parts of a JWT in compact form (RFC 7515), read strictly and believed in nothing.
struct SignedToken {
  let keyID: String?
  let algorithm: String
  let claims: JSON
  let signature: [UInt8]
  /// What is signed: the bytes as they came.
  let message: [UInt8]

  /// More than any token from here has; a stranger's is not read further.
  private static let largest = 8 * 1024

  init(_ text: ArraySlice<UInt8>) throws(TokenRefusal) {
    guard text.count <= SignedToken.largest else { throw .malformed("is larger than \(SignedToken.largest) bytes") }
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .malformed("does not have three parts") }
    let header = try SignedToken.object(parts[0], "header")
    guard header["crit"] == nil else { throw .malformed("asks for extensions, of which none are known here") }
    guard let algorithm = header["alg"]?.string else { throw .malformed("names no algorithm") }
    self.algorithm = algorithm
    keyID = header["kid"]?.string
    claims = try SignedToken.object(parts[1], "payload")
    guard let signature = base64URLDecode(String(decoding: parts[2], as: UTF8.self)), !signature.isEmpty else {
      throw .malformed("has no signature")
    }
    self.signature = signature
    message = Array(text[..<parts[1].endIndex])
  }

  private static func object(_ part: ArraySlice<UInt8>, _ name: String) throws(TokenRefusal) -> JSON {
    guard let bytes = base64URLDecode(String(decoding: part, as: UTF8.self)), let json = try? JSON.parse(bytes),
      json.object != nil
    else { throw .malformed("has a \(name) that is no JSON object in base64url") }
    return json
  }
}
