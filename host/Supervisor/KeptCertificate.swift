import EventLoop
import Manifest
import TLS

/// The last certificate of the gateway that could be used. A worker that begins while the files are broken begins with it.
final class KeptCertificate: Sendable {
  private let source: LoopLocal<TLSSource?>

  init(_ loop: EventLoop) { source = LoopLocal(loop, nil) }

  /// Looks at the files, if they have changed; what is wrong with them is told by the workers.
  func last(_ files: HostManifest.TLS?) -> PEMPair? {
    guard let files else { return nil }
    if source.value?.isOf(certificate: files.certificate, key: files.key) == true {
      _ = try? source.value?.refresh()
    } else {
      source.value = try? TLSSource(certificate: files.certificate, key: files.key)
    }
    return source.value?.pair
  }
}
