internal import FunctionKit
internal import HTTPServer
internal import Manifest

/// A route that leads to other processes of this host.
final class RemoteRoute: Sendable {
  let forwarder: Forwarder
  /// Bundle and function, for people.
  let name: String
  let access: [Access]
  let bodyLimit: Int
  let takes: BodyForm
  let timeout: Duration
  let limits: RouteLimits
  private let repeats: Repeats
  /// What answers the requests that are not sent there.
  let local: RouteAction?

  /// Which requests have no more effect when they come twice; those that only read never have.
  private enum Repeats { case reads, keyed, all }

  /// - Returns: nil for a function without a route.
  init?(_ function: FunctionManifest, _ forwarder: Forwarder, _ edge: Edge, local: RouteAction? = nil) {
    name = "\(forwarder.bundle.manifest.name)/\(function.name)"
    self.forwarder = forwarder
    self.local = local
    limits = edge.limits(of: function, in: forwarder.bundle.manifest.name)
    switch function.trigger {
    case .endpoint(let endpoint):
      (access, bodyLimit, takes) = (endpoint.access, endpoint.bodyLimit, BodyForm(endpoint))
      (timeout, repeats) = (function.timeout, endpoint.idempotency == .none ? .reads : .keyed)
    case .webhook(let webhook):
      (access, bodyLimit, takes) = ([.public], webhook.bodyLimit, .anything)
      // A delivery is stored once, however often it comes.
      (timeout, repeats) = (RemoteRoute.ownTimeout, .all)
    case .event, .cron: return nil
    }
  }

  /// Its `GET /health`.
  init(healthOf forwarder: Forwarder) {
    name = "\(forwarder.bundle.manifest.name)/health"
    self.forwarder = forwarder
    (access, bodyLimit, takes) = ([.public], RouteAction.ownLimit, .anything)
    (timeout, repeats, local, limits) = (RemoteRoute.ownTimeout, .reads, nil, RouteLimits())
  }

  /// For what is not a function's own time.
  private static let ownTimeout = Duration.seconds(30)

  /// Whether it takes an `Idempotency-Key`.
  var takesKey: Bool { repeats == .keyed }

  /// Whether the same request may be sent twice.
  func isRepeatable(_ request: Request) -> Bool {
    if [.get, .head, .options].contains(request.method) { return true }
    switch repeats {
    case .reads: return false
    case .keyed: return request.headers.firstBytes("idempotency-key") != nil
    case .all: return true
    }
  }
}
