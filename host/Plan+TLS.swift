import Manifest
import TLS

/// What the gateway's port speaks TLS with.
extension Plan {
  /// - Parameter kept: what workers of before speak by, in the place of files that can't be used now.
  /// - Throws: ``Refusal`` with exit code 2 for a certificate or a key that can't be used.
  static func tlsSource(_ host: HostManifest, orElse kept: PEMPair? = nil) throws -> TLSSource? {
    guard let files = host.tls else { return nil }
    do {
      return try TLSSource(certificate: files.certificate, key: files.key, orElse: kept)
    } catch {
      throw Refusal("tls in manifests/host.yaml: \(error)", exitCode: 2)
    }
  }
}
