import FunctionKit
import Gateway
import Manifest
import Runtime
import Tokens

/// What lets users in.
extension Plan {
  /// The keys that tokens are accepted with: the secret, and the public keys in the file that JWT_KEYS names.
  static func tokenKeys(_ settings: Settings, _ secrets: [String: String]) throws -> KeySet {
    let shared = Secrets.live("JWT_SECRET", secrets).map { TokenKey.hs256(Array($0.utf8)) }
    guard let path = settings.variables["JWT_KEYS"], !path.isEmpty else { return KeySet(shared) }
    do {
      return try KeySet(KeySet(json: fileContents(path)).keys + shared)
    } catch {
      throw Refusal("JWT_KEYS is \(path): \(error)", exitCode: 2)
    }
  }

  func tokenGate(_ services: HostServices) -> TokenGate {
    let verifier = TokenVerifier(keys: tokenKeys, issuer: host.auth.issuer, audience: host.auth.audience)
    let cookie = host.auth.cookie.map { TokenGate.Cookie(name: $0, origins: Set(host.auth.origins)) }
    return TokenGate(services.loop, verifier: verifier, cookie: cookie) { services.clock.now }
  }
}
