import Manifest
import TLS

/// What the gateway's port speaks TLS with.
extension Plan {
  /// - Throws: ``Refusal`` with exit code 2 for a certificate or a key that can't be used.
  static func tlsSource(_ host: HostManifest) throws -> TLSSource? {
    guard let files = host.tls else { return nil }
    do {
      return try TLSSource(certificate: files.certificate, key: files.key)
    } catch {
      throw Refusal("tls in manifests/host.yaml: \(error)", exitCode: 2)
    }
  }
}
