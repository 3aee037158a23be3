import Manifest
import Testing

/// One route, as the conventions say who may call it.
struct AccessRoute: Sendable, CustomTestStringConvertible {
  let bundle: String
  let method: String
  let path: String
  let access: [Access]
  let isDevelopmentOnly: Bool
  /// Put together by the gateway, and nowhere else.
  var isComposed = false

  static func all(of bundle: BundleManifest) -> [AccessRoute] {
    bundle.functions.compactMap { function in
      guard case .endpoint(let endpoint) = function.trigger else { return nil }
      return AccessRoute(
        bundle: bundle.name, method: endpoint.route.method, path: path(endpoint.route), access: endpoint.access,
        isDevelopmentOnly: bundle.isDevelopmentOnly)
    }
  }

  /// A composition lets in whoever the part does that it needs and that is not for all.
  static func compositions(in bundles: [BundleManifest]) -> [AccessRoute] {
    bundles.flatMap { bundle in
      bundle.compositions.map { composition in
        let access = composition.access(in: bundles).first { $0 != [.public] } ?? [.public]
        return AccessRoute(
          bundle: bundle.name, method: "GET", path: path(composition.route), access: access, isDevelopmentOnly: false,
          isComposed: true)
      }
    }
  }

  private static func path(_ route: Route) -> String {
    route.segments.map { segment in
      switch segment {
      case .literal(let text): "/\(text)"
      case .parameter: "/018f2f5e-0000-7000-8000-00000000dead"
      }
    }.joined()
  }

  var testDescription: String { "\(bundle) \(method) \(path)" }

  /// Nothing that a function takes to heart: the input of every one that may write asks for more.
  var body: String { method == "GET" ? "" : "{}" }

  var gatewayPath: String { path.hasPrefix("/admin/") ? "/\(bundle)\(path)" : path }

  var isAtGateway: Bool { !isDevelopmentOnly && !path.hasPrefix("/internal/") && access != [.internal] }

  func verdict(on proof: AccessProof) -> AccessVerdict {
    if access.contains(.public) { return .passes }
    switch proof {
    case .nothing: return .refused(401, "unauthenticated")
    case .service: return access.contains(.internal) ? .passes : .refused(401, "unauthenticated")
    case .user(let roles):
      if access.contains(.user) || access.contains(.owner) || roles.contains("admin") && asksForRole { return .passes }
      if access.contains(where: { if case .role(let asked) = $0 { !asked.isDisjoint(with: roles) } else { false } }) {
        return .passes
      }
      return asksForRole ? .refused(403, "forbidden") : .refused(401, "unauthenticated")
    }
  }

  private var asksForRole: Bool { access.contains { if case .role = $0 { true } else { false } } }
}

/// What a sender can prove, whatever it says.
enum AccessProof {
  case nothing, service
  case user(Set<String>)
}

enum AccessVerdict {
  case passes, notFound
  case refused(Int, String)
}
