/// An answer that the gateway puts together from those of several functions: the client asks once, and each part is asked
/// for as the client could have asked for it.
public struct CompositionManifest: Sendable, Hashable {
  public let name: String
  /// A GET at the gateway's root.
  public let route: Route
  /// For all parts together.
  public let timeout: Duration
  /// Bytes that the parts' answers may have together.
  public let sizeLimit: Int
  /// In the order of the file.
  public let parts: [PartManifest]
  /// Where the manifest names it.
  public let position: Position

  /// Longer than the parts' own time, so that theirs ends first and what they have found is told.
  private static let grace = Duration.seconds(1)

  /// As the function by which its runs are known: in the log, in metrics and in the description.
  /// - Parameter access: whom the parts let in, for people; nobody is let in or kept out by it.
  public func function(access: [Access] = [.public]) -> FunctionManifest {
    let endpoint = EndpointManifest(
      route: route, access: access, idempotency: .none, ifMatch: .optional, concurrency: nil, rateLimits: nil,
      bodyLimit: 1, takesForm: false)
    return FunctionManifest(
      name: name, trigger: .endpoint(endpoint), transaction: .none, timeout: timeout + CompositionManifest.grace,
      emits: [], position: position, emitPlaces: [:], onPlaces: [:])
  }
}

/// One part of a composition: a GET of a function, which has its own rules about who may ask.
public struct PartManifest: Sendable, Hashable {
  public let name: String
  /// Whose function it is.
  public let bundle: String
  public let path: PartPath
  /// Whether the others are shown without it.
  public let isOptional: Bool
  /// Nil for as long as the composition has.
  public let timeout: Duration?
  /// Where the manifest says its path.
  let position: Position

  /// The parts whose answers it needs to be asked for.
  public var needs: [String] {
    path.holes.compactMap { if case .field(let part, _) = $0 { part } else { nil } }
  }

  /// The function that answers it; nil when the bundle has none of its route.
  public func function(in bundles: [BundleManifest]) -> FunctionManifest? {
    let functions = bundles.first { $0.name == bundle }?.functions ?? []
    return path.route(among: functions.compactMap(\.route)).flatMap { route in functions.first { $0.route == route } }
  }
}

extension CompositionManifest {
  /// Whom its required parts let in at the gateway, each list for one of them.
  public func access(in bundles: [BundleManifest]) -> [[Access]] {
    parts.filter { !$0.isOptional }.compactMap { part in
      guard case .endpoint(let endpoint) = part.function(in: bundles)?.trigger else { return nil }
      return endpoint.access.filter { $0 != .internal }
    }
  }
}
