extension HostManifest {
  /// The files by which the gateway's port speaks TLS.
  public struct TLS: Sendable, Hashable {
    public var certificate: String
    public var key: String
  }
}

extension Fields {
  /// Reads `tls: { certificate: /etc/lakoo/tls/chain.pem, key: /etc/lakoo/tls/key.pem }`.
  func readTLS() -> HostManifest.TLS? {
    guard let fields = fields("tls", keys: ["certificate", "key"]) else { return nil }
    fields.require("certificate", example: "/etc/lakoo/tls/chain.pem")
    fields.require("key", example: "/etc/lakoo/tls/key.pem")
    guard let certificate = fields.read("certificate", file), let key = fields.read("key", file) else { return nil }
    return HostManifest.TLS(certificate: certificate, key: key)
  }
}

/// Workers do not run in the project's folder, so a path from there would lead elsewhere.
private func file(_ text: String) throws(Mistake) -> String {
  guard text.hasPrefix("/") else { throw Mistake("is not a whole path; write it like /etc/lakoo/tls/key.pem") }
  return text
}
