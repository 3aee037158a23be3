internal import Crypto
internal import FunctionKit

/// The keys that are live now: while one takes the place of another, both are.
public struct KeySet: Sendable {
  let keys: [TokenKey]

  public init(_ keys: [TokenKey]) { self.keys = keys }

  /// Those that may have signed a token of this header. A key with an id is for the tokens that name it, and only for them.
  func candidates(id: String?, algorithm: String) -> [TokenKey] {
    let named = keys.filter { $0.id != nil && $0.id == id }
    let candidates = named.isEmpty ? keys.filter { $0.id == nil } : named
    return candidates.filter { $0.algorithm.rawValue == algorithm }
  }
}

/// What is wrong with a set of public keys.
public struct KeySetError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

extension KeySet {
  /// Reads a JWK Set (RFC 7517) of public keys.
  public static func published(_ text: [UInt8]) throws(KeySetError) -> [TokenKey] {
    guard let json = try? JSON.parse(text), let items = json["keys"]?.array, !items.isEmpty else {
      throw KeySetError(#"is no JWK Set; write {"keys": [{"kty": "RSA", "kid": "…", "n": "…", "e": "AQAB"}]}"#)
    }
    var keys: [TokenKey] = []
    for (index, item) in items.enumerated() {
      do { keys.append(try key(item)) } catch { throw KeySetError("key \(index + 1) \(error)") }
    }
    let ids = keys.compactMap(\.id)
    guard Set(ids).count == ids.count else { throw KeySetError("has two keys of one kid; give each its own") }
    return keys
  }

  private static func key(_ item: JSON) throws(KeySetError) -> TokenKey {
    guard item["d"] == nil, item["k"] == nil else {
      throw KeySetError("is a secret one; only public keys belong here. Replace that key, for it has been seen")
    }
    guard item["use"] == nil || item["use"]?.string == "sig" else {
      throw KeySetError("is not for signatures; leave it out, or give it \"use\": \"sig\"")
    }
    guard let key = material(item) else {
      throw KeySetError("can't be used; it must be RSA of 2048 bits or more, P-256 or Ed25519, with all its numbers")
    }
    let read = TokenKey(id: item["kid"]?.string, key)
    guard item["alg"] == nil || item["alg"]?.string == read.algorithm.rawValue else {
      throw KeySetError("names another alg than \(read.algorithm.rawValue), the one it is used for")
    }
    return read
  }

  private static func material(_ item: JSON) -> PublicKey? {
    func bytes(_ name: String) -> [UInt8] { item[name]?.string.flatMap(base64URLDecode) ?? [] }
    return switch (item["kty"]?.string, item["crv"]?.string) {
    case ("RSA", nil): PublicKey(rsaModulus: bytes("n"), exponent: bytes("e"))
    case ("EC", "P-256"): PublicKey(p256X: bytes("x"), y: bytes("y"))
    case ("OKP", "Ed25519"): PublicKey(ed25519: bytes("x"))
    default: nil
    }
  }
}
