/// Encrypts what is kept, so that who reads the database or a copy of it learns nothing.
public struct SealingKey: Sendable {
  private static let version: UInt8 = 1
  private static let headLength = 1 + idLength
  private static let idLength = 4
  private static let nonceLength = 12

  private let secret: [UInt8]
  private let key: [UInt8]
  private let id: [UInt8]

  /// - Parameter secret: text of at least 32 bytes that nobody can guess.
  public init(secret: String) {
    self.secret = Array(secret.utf8)
    key = hmacSHA256(key: self.secret, message: Array("lakoo sealing key 1".utf8))
    id = Array(hmacSHA256(key: self.secret, message: Array("lakoo sealing key id 1".utf8)).prefix(Self.idLength))
  }

  /// A version, the key's id, a nonce, the ciphertext and its tag; other bytes each time.
  /// - Parameter place: what the text belongs to; it opens there only, so that no row's secret passes for another's.
  /// - Throws: ``RandomError``.
  public func seal(_ plain: [UInt8], for place: String) throws(RandomError) -> [UInt8] {
    let head = [Self.version] + id
    let nonce = try randomBytes(Self.nonceLength)
    return head + nonce + aesGCMSeal(plain, key: key, nonce: nonce, authenticated: head + Array(place.utf8))
  }

  /// Whether this key, and no other, can open it.
  public func hasSealed(_ sealed: [UInt8]) -> Bool { sealed.starts(with: [Self.version] + id) }

  /// Nil for what this key has not sealed for this place, or what was changed since.
  public func open(_ sealed: [UInt8], for place: String) -> [UInt8]? {
    guard hasSealed(sealed), sealed.count > Self.headLength + Self.nonceLength else { return nil }
    let nonce = Array(sealed[Self.headLength..<Self.headLength + Self.nonceLength])
    return aesGCMOpen(
      sealed[(Self.headLength + Self.nonceLength)...], key: key, nonce: nonce,
      authenticated: sealed.prefix(Self.headLength) + Array(place.utf8))
  }

  /// The same 32 bytes for the same text, from which nobody without the secret can tell the text: for finding and for
  /// unique columns.
  public func fingerprint(_ text: [UInt8]) -> [UInt8] {
    let key = hmacSHA256(key: secret, message: Array("lakoo fingerprint key 1".utf8))
    return hmacSHA256(key: key, message: text)
  }
}
