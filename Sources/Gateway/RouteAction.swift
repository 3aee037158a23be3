internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Runtime

/// What a route leads to.
enum RouteAction {
  case endpoint(EndpointRoute)
  case webhook(WebhookRoute)
  /// What other processes of this host answer.
  case remote(RemoteRoute)
  /// What several functions answer together.
  case composition(CompositionRoute)
  /// Something the host answers itself, from the request and the parameters of its path.
  case host(@Sendable (Request, _ path: [(name: String, value: String)]) async -> RawReply, bodyLimit: Int = ownLimit)

  /// Bytes of body that the host's own routes read of anybody.
  static let ownLimit = 64 * 1024

  /// Bytes of body that are read.
  var bodyLimit: Int {
    switch self {
    case .endpoint(let route): route.manifest.bodyLimit
    case .webhook(let route): route.manifest.bodyLimit
    case .remote(let route): route.bodyLimit
    case .composition: RouteAction.ownLimit
    case .host(_, let bodyLimit): bodyLimit
    }
  }

  /// How often it may be asked for.
  var limits: RouteLimits {
    switch self {
    case .endpoint(let route): route.limits
    case .webhook(let route): route.limits
    case .remote(let route): route.limits
    // Each part counts for itself.
    case .composition, .host: RouteLimits()
    }
  }

  /// What a body must say that it is.
  var takes: BodyForm {
    switch self {
    case .endpoint(let route): BodyForm(route.manifest)
    case .remote(let route): route.takes
    case .composition, .webhook, .host: .anything
    }
  }

  /// Who may call an endpoint; nil for everything else, which has rules of its own.
  var access: [Access]? {
    switch self {
    case .endpoint(let route): route.manifest.access
    case .remote(let route): route.access
    case .composition, .webhook, .host: nil
    }
  }
}

struct EndpointRoute {
  let bundle: LoadedBundle
  let function: LoadedFunction
  let manifest: EndpointManifest
  let limits: RouteLimits
  let isPublic: Bool

  init(bundle: LoadedBundle, function: LoadedFunction, manifest: EndpointManifest, limits: RouteLimits) {
    self.bundle = bundle
    self.function = function
    self.manifest = manifest
    self.limits = limits
    isPublic = manifest.access == [.public]
  }
}

struct WebhookRoute {
  let bundle: LoadedBundle
  let function: LoadedFunction
  let manifest: WebhookManifest
  let limits: RouteLimits
}
