import Manifest
import Testing

/// One route, as the conventions say who may call it.
struct AccessRoute: Sendable, CustomTestStringConvertible {
  let bundle: String
  let method: String
  let path: String
  let access: [Access]
  let isDevelopmentOnly: Bool

  static func all(of bundle: BundleManifest) -> [AccessRoute] {
    bundle.functions.compactMap { function in
      guard case .endpoint(let endpoint) = function.trigger else { return nil }
      let path = endpoint.route.segments.map { segment in
        switch segment {
        case .literal(let text): "/\(text)"
        case .parameter: "/018f2f5e-0000-7000-8000-00000000dead"
        }
      }.joined()
      return AccessRoute(
        bundle: bundle.name, method: endpoint.route.method, path: path, access: endpoint.access,
        isDevelopmentOnly: bundle.isDevelopmentOnly)
    }
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
