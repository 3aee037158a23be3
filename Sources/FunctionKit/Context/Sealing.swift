extension Context {
  /// Encrypts what is to be kept but must not be readable in the database: account numbers, tokens.
  /// - Parameters:
  ///   - secret: the name of a secret that the manifest lists.
  ///   - place: what the text belongs to, such as `payout:<id>`. It opens for the same place only.
  public func seal(_ text: String, with secret: String, for place: String) throws -> Sealed {
    try Sealed(Bytes(host.seal(Array(text.utf8), with: secret, for: place)))
  }

  /// The text that was sealed, with this secret or with the one of before, for this place.
  /// - Throws: ``SealBroken`` when it was not.
  public func open(_ sealed: Sealed, with secret: String, for place: String) throws -> String {
    try String(decoding: host.open(sealed.bytes.bytes, with: secret, for: place), as: UTF8.self)
  }

  /// 32 bytes that are the same for the same text and tell nothing about it, to find it by or to keep it unique. They
  /// change with the secret.
  public func fingerprint(_ text: String, with secret: String) throws -> Bytes {
    try Bytes(host.fingerprint(Array(text.utf8), with: secret))
  }
}

/// A sealed value does not open.
public struct SealBroken: Error, Sendable, Equatable, CustomStringConvertible {
  public let secret: String
  public let place: String
  /// Another key has sealed it; else the value or its place is not what it was.
  public let isOfOtherKey: Bool

  public init(secret: String, place: String, isOfOtherKey: Bool) {
    (self.secret, self.place, self.isOfOtherKey) = (secret, place, isOfOtherKey)
  }

  public var description: String {
    isOfOtherKey
      ? "\(place) was sealed with a key that is neither \(secret) nor \(secret)_PREVIOUS; set the latter to the key of before"
      : "the sealed value of \(place) was changed, or sealed for another place"
  }
}
