internal import Crypto
internal import FunctionKit

extension Invocation {
  public func seal(_ plain: [UInt8], with secret: String, for place: String) throws -> [UInt8] {
    try SealingKey(secret: self.secret(secret)).seal(plain, for: place)
  }

  public func open(_ sealed: [UInt8], with secret: String, for place: String) throws -> [UInt8] {
    let keys = try [self.secret(secret), services.environment.secrets[secret + "_PREVIOUS"]]
      .compactMap { $0.map(SealingKey.init(secret:)) }
    guard let key = keys.first(where: { $0.hasSealed(sealed) }) else {
      throw SealBroken(secret: secret, place: place, isOfOtherKey: true)
    }
    guard let plain = key.open(sealed, for: place) else {
      throw SealBroken(secret: secret, place: place, isOfOtherKey: false)
    }
    return plain
  }

  public func fingerprint(_ text: [UInt8], with secret: String) throws -> [UInt8] {
    try SealingKey(secret: self.secret(secret)).fingerprint(text)
  }
}
