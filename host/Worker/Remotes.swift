import EventLoop
import Gateway
import HTTPClient
import Manifest

/// The bundles that other workers run, and the way to them.
struct Remotes: Sendable {
  let bundles: [RemoteBundle]
  let client: HTTPClient
  /// As many as can be under way to the workers of one bundle.
  private static let connections = 512

  init(_ order: WorkerOrder, _ plan: Plan, _ settings: Settings, _ loop: EventLoop) throws {
    client = try HTTPClient(loop: loop, allowedOrigins: nil, connectionsPerHost: Remotes.connections)
    bundles = try order.remotes.compactMap { remote in
      try Remotes.manifest(remote, plan, settings).map {
        RemoteBundle($0, socketPath: remote.socket, percent: remote.percent)
      }
    }
  }

  /// A release on trial may have other routes than the live one.
  private static func manifest(
    _ remote: WorkerOrder.Remote, _ plan: Plan, _ settings: Settings
  ) throws -> BundleManifest? {
    let manifests =
      remote.percent == nil ? plan.manifests : try Plan.manifests(settings, at: remote.root).bundles
    return manifests.first { $0.name == remote.bundle }
  }
}
