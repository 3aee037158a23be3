internal import Crypto
internal import FunctionKit

/// The keys that tokens are accepted with; more than one while keys change.
public struct KeySet: Sendable {
  public let keys: [TokenKey]

  public init(_ keys: [TokenKey]) { self.keys = keys }

  /// Reads a JSON Web Key Set (RFC 7517) of public RSA and Ed25519 keys.
  /// - Throws: ``KeySetError`` that names the key.
  public init(json: [UInt8]) throws(KeySetError) {
    let document: JSON
    do { document = try JSON.parse(json) } catch { throw KeySetError("the key set is no JSON: \(error)") }
    guard let members = document["keys"]?.array, !members.isEmpty else {
      throw KeySetError("the key set has no list 'keys' with a key in it")
    }
    var keys: [TokenKey] = []
    for (index, member) in members.enumerated() { keys.append(try KeySet.key(member, index)) }
    self.keys = keys
  }

  private static func key(_ member: JSON, _ index: Int) throws(KeySetError) -> TokenKey {
    let id = member["kid"]?.string
    let name = id.map { "key '\($0)'" } ?? "key \(index + 1)"
    switch member["kty"]?.string {
    case "RSA":
      guard let modulus = bytes(member, "n"), let exponent = bytes(member, "e"),
        let key = PublicKey(rsaModulus: modulus, exponent: exponent)
      else {
        throw KeySetError("\(name) is no RSA key of \(PublicKey.shortestModulus) bits or more; give its 'n' and 'e'")
      }
      return .rs256(key, id: id)
    case "OKP" where member["crv"]?.string == "Ed25519":
      guard let bytes = bytes(member, "x"), let key = PublicKey(ed25519: bytes) else {
        throw KeySetError("\(name) is no Ed25519 key; give its 32 bytes as 'x'")
      }
      return .eddsa(key, id: id)
    case "oct":
      throw KeySetError("\(name) is a secret; a key set is for public keys, and a secret is set as JWT_SECRET")
    default: throw KeySetError("\(name) is of a kind that is not taken; use RSA (RS256) or OKP with Ed25519 (EdDSA)")
    }
  }

  private static func bytes(_ member: JSON, _ name: String) -> [UInt8]? {
    member[name]?.string.flatMap(base64URLDecode)
  }

  /// The keys that a token may have been signed with: those of the name it gives, or, when it gives none or an unknown one,
  /// those that have none.
  func candidates(id: String?, _ algorithm: String) -> [TokenKey] {
    let fitting = keys.filter { $0.algorithm.rawValue == algorithm }
    let named = fitting.filter { $0.id != nil && $0.id == id }
    return named.isEmpty ? fitting.filter { $0.id == nil } : named
  }
}

/// Why a key set can't be used, for a person to read.
public struct KeySetError: Error, Sendable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}
