public import FunctionKit
public import Manifest

/// A bundle with what its functions' types tell of themselves.
public struct DescribedBundle: Sendable {
  public let manifest: BundleManifest
  let shapes: [String: FunctionShape]

  /// - Parameter shapes: by the functions' names; a function that is not there is described by its manifest alone.
  public init(_ manifest: BundleManifest, shapes: [String: FunctionShape]) {
    self.manifest = manifest
    self.shapes = shapes
  }

  /// Looks at the types of the library's functions, which runs their `init(from:)`.
  public init(_ manifest: BundleManifest, registered: [Registered]) {
    let shapes = registered.compactMap { function in function.shape.map { (function.name, $0()) } }
    self.init(manifest, shapes: Dictionary(shapes) { first, _ in first })
  }

  /// What of the bundle's types could not be described, each once.
  public var unknown: [String] { Set(shapes.values.flatMap(\.unknown)).sorted() }

  /// What is reached by HTTP at a door, in the manifest's order.
  func operations(for audience: Audience) -> [Operation] {
    manifest.functions.compactMap { function in
      guard let route = function.route, let path = path(of: function, route, audience) else { return nil }
      return Operation(
        bundle: manifest, function: function, method: route.method, path: path, shape: shapes[function.name],
        audience: audience)
    }
  }

  private func path(of function: FunctionManifest, _ route: Route, _ audience: Audience) -> [Route.Segment]? {
    guard audience == .public else { return route.segments }
    let access: [Access]? = if case .endpoint(let endpoint) = function.trigger { endpoint.access } else { nil }
    return route.gatewaySegments(of: manifest.name, access: access)
  }
}

/// Who reads a description.
public enum Audience: Sendable {
  /// Whoever calls the service's own port: the gateway, and other services.
  case service
  /// The public, at the gateway.
  case `public`
}
