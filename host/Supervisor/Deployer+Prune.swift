import Deployment
import FunctionKit
import Manifest
import Runtime

extension Deployer {
  /// Forgets old releases. What can't be removed now is tried again after the next deploy.
  func prune(_ host: HostManifest) {
    let removed = record.unneeded(of: store.list(), keeping: host.keptReleases).filter(remove)
    for (bundle, releases) in Dictionary(grouping: removed, by: \.bundle).sorted(by: { $0.key < $1.key }) {
      let names = releases.map(\.release).joined(separator: ", ")
      log.host(.info, "\(bundle): old releases are not kept any more: \(names)")
    }
  }

  private func remove(_ release: StoredRelease) -> Bool {
    do {
      try store.remove(release.release)
      return true
    } catch {
      log.host(.warning, "\(release.bundle): \(error)")
      return false
    }
  }
}
