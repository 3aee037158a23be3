import Deployment
import Manifest

extension WorkerGroup {
  /// The groups of a deployment.
  static func all(
    _ settings: Settings, _ host: HostManifest, _ bundles: [BundleManifest], _ record: DeploymentRecord, at root: String
  ) -> [WorkerGroup] {
    let strength = settings.workers ?? host.workers ?? processorCount()
    let front = WorkerGroup(role: .front, root: root, releases: record.releases(), strength: strength)
    return [front] + bundles.compactMap { dedicated($0, front) } + bundles.compactMap { candidate($0, record, front) }
  }

  private static func dedicated(_ bundle: BundleManifest, _ front: WorkerGroup) -> WorkerGroup? {
    guard case .dedicated(let workers, let memory, let processors) = bundle.isolation else { return nil }
    return WorkerGroup(
      role: .dedicated(bundle.name), root: front.root, releases: front.releases, strength: workers, memory: memory,
      processors: processors)
  }

  /// As many as are needed for its share of the requests.
  private static func candidate(
    _ bundle: BundleManifest, _ record: DeploymentRecord, _ front: WorkerGroup
  ) -> WorkerGroup? {
    guard let percent = record.trials[bundle.name] else { return nil }
    return WorkerGroup(
      role: .candidate(bundle.name), root: Generation.trialRoot(of: bundle.name, in: front.root),
      releases: record.releases(withCandidatesOf: [bundle.name]),
      strength: max(1, (front.strength * percent + 99) / 100), percent: percent)
  }
}

extension Generation {
  /// The folder of a bundle's release on trial, with all other bundles as they are live.
  static func trialRoot(of bundle: String, in root: String) -> String { "\(root)/trials/\(bundle)" }
}
