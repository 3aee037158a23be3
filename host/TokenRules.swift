import FoundationEssentials
import Gateway
import Manifest
import Tokens

extension TokenRules {
  /// - Throws: ``Refusal`` with exit code 2 when the issuer's public keys can't be read.
  init(_ plan: Plan) throws { try self.init(plan.host, plan.secrets) }

  init(_ host: HostManifest, _ secrets: [String: String]) throws {
    let auth = host.auth
    let keys = Secrets.live("JWT_SECRET", secrets).map(TokenKey.init(secret:))
    let published = try auth.keys.map(TokenRules.published) ?? []
    self.init(
      verifier: TokenVerifier(keys: KeySet(keys + published), issuer: auth.issuer, audience: auth.audience),
      cookie: auth.cookie, origins: auth.origins, staleAfter: auth.staleAfter)
  }

  private static func published(_ path: String) throws -> [TokenKey] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Refusal("host.yaml: 'keys' of auth: \(path) can't be read; put the issuer's public keys there", exitCode: 2)
    }
    do { return try KeySet.published(Array(data)) } catch {
      throw Refusal("host.yaml: 'keys' of auth: \(path) \(error)", exitCode: 2)
    }
  }
}
