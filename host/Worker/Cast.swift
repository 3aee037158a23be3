import Manifest

/// Which bundles a worker runs, and which it only does the work of carrying events for.
struct Cast: Sendable {
  /// Whose requests it answers.
  let here: [Plan.Bundle]
  /// Those that have workers of their own, whose events are carried from here all the same.
  let elsewhere: [Plan.Bundle]
  let role: WorkerRole

  init(_ role: WorkerRole, _ plan: Plan) {
    self.role = role
    here = plan.bundles.filter { role != .front || $0.manifest.isolation == .shared }
    elsewhere = plan.bundles.filter { role == .front && $0.manifest.isolation != .shared }
  }
}
