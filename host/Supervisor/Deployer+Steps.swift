import Deployment
import EventLoop
import Manifest

/// What the steps of a deploy do.
extension Deployer {
  /// Puts the folder together that the new workers run from.
  func assemble(_ record: DeploymentRecord) throws -> Generation {
    let number = state.value.lastGeneration + 1
    state.value.lastGeneration = number
    let root = "\(settings.runDirectory)/\(number)"
    let host = try? fileContents("\(settings.root)/manifests/host.yaml")
    try RunRoot.assemble(record.releases(), from: store, host: host, in: root)
    for bundle in record.trials.keys {
      let trial = Generation.trialRoot(of: bundle, in: root)
      try RunRoot.assemble(record.releases(withCandidatesOf: [bundle]), from: store, host: host, in: trial)
    }
    return try generation(number, root, record)
  }

  /// What is in a folder to run from.
  func generation(_ number: Int, _ root: String, _ record: DeploymentRecord) throws -> Generation {
    let set = try Plan.soundManifests(settings, at: root)
    let bundles = Plan.wanted(set, settings)
    return Generation(
      number: number, root: root, host: set.host, bundles: bundles,
      groups: WorkerGroup.all(settings, set.host, bundles, record, at: root))
  }

  /// Leaves nothing of a deployment that did not come to be.
  func discard(_ generation: Generation) {
    let live = fleet.state.value.current
    fleet.sockets.keep(Ports(settings, live?.host ?? generation.host, live?.bundles ?? []))
    fleet.closeGroupSockets()
    try? removeTree(generation.root)
  }

  /// The folders that no worker is started from any more.
  func removeOldRoots(but generation: Generation) {
    for name in (try? names(in: settings.runDirectory)) ?? [] where name != "\(generation.number)" {
      try? removeTree("\(settings.runDirectory)/\(name)")
    }
  }
}
