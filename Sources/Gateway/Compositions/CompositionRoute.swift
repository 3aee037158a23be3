internal import HTTPServer
internal import Manifest
internal import Runtime

/// A composition that is ready to be asked for: with the function as which it runs, and what answers each part.
final class CompositionRoute: Sendable {
  let manifest: CompositionManifest
  let bundle: LoadedBundle
  let function: LoadedFunction
  /// By the parts' names; those of bundles that are only planned are missing.
  let targets: [String: PartTarget]

  init(_ manifest: CompositionManifest, of bundle: LoadedBundle, among bundles: [RoutedBundle]) {
    self.manifest = manifest
    self.bundle = bundle
    function = LoadedFunction(composing: manifest, of: bundle.manifest)
    let found = manifest.parts.compactMap { part in PartTarget(part, among: bundles).map { (part.name, $0) } }
    targets = Dictionary(found) { first, _ in first }
  }

  /// Whether anybody is told the same: each part is for all.
  var isPublic: Bool { targets.values.allSatisfy { $0.action.access == [.public] } }
}

/// What answers a part, as the gateway's own route table would have it: which functions a request can come to does not
/// depend on what stands in its path, and no composition is a part of another.
struct PartTarget: Sendable {
  let action: RouteAction
  let route: Route
  /// What the gateway has before the route's own path.
  let prefix: String

  init?(_ part: PartManifest, among bundles: [RoutedBundle]) {
    guard let bundle = bundles.first(where: { $0.manifest.name == part.bundle }), !bundle.manifest.isDevelopmentOnly,
      let route = part.path.route(among: bundle.routes.map(\.0)),
      let action = bundle.routes.first(where: { $0.0 == route })?.1,
      let path = route.gatewaySegments(of: part.bundle, access: action.access)
    else { return nil }
    self.action = action
    self.route = route
    prefix = path.count > route.segments.count ? "/\(part.bundle)" : ""
  }

  /// What stands for the route's parameters.
  /// - Parameter segments: of the whole path.
  func values(_ segments: [String]) -> [ArraySlice<UInt8>] {
    zip(route.segments, segments).compactMap { segment, text in
      if case .parameter = segment { Array(text.utf8)[...] } else { nil }
    }
  }
}

extension Gateway {
  /// Adds what bundles have the gateway put together. A release on trial has its compositions once it is live.
  func withCompositions(_ table: RouteTable) -> RouteTable {
    var table = table
    let routed = routed
    for bundle in routed where !bundle.manifest.isDevelopmentOnly {
      for composition in bundle.manifest.compositions {
        let here = bundles.first { $0.name == bundle.manifest.name }
        let owner = here ?? LoadedBundle(bundle.manifest, registered: [], pool: nil) {}
        let route = CompositionRoute(composition, of: owner, among: routed)
        table.add(.get, composition.route.segments, .composition(route))
      }
    }
    return table
  }
}
