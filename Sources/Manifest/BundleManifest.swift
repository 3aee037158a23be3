/// What one `manifests/<bundle>.yaml` says: the functions of a bundle, how each is triggered, and what the bundle may use.
public struct BundleManifest: Sendable, Hashable {
  public let name: String
  public let summary: String
  public let version: Int
  public let port: Int
  /// The database that only this bundle opens, or nil if it has none.
  public let database: String?
  /// Loaded in development only, and never on the gateway.
  public let isDevelopmentOnly: Bool
  public let needs: Needs
  public let isolation: Isolation
  public let rollback: Rollback
  /// In the order of the file.
  public let functions: [FunctionManifest]
  /// In the order of the file.
  public let compositions: [CompositionManifest]
  /// The file's name, for messages.
  public let file: String
  let places: Places

  /// Where a check across files has to point.
  struct Places: Sendable, Hashable {
    var name: Position
    var port: Position
    var database: Position
    var outbound: Position
    /// Of each service under `needs`.
    var services: [String: Position]
  }

  /// The library's module: `PaymentFunctions`, in `libPaymentFunctions.so`; `shop-front` is `ShopFrontFunctions`.
  public var libraryName: String { BundleManifest.libraryName(name) }

  /// The same of a bundle of which only the name is known.
  public static func libraryName(_ bundle: String) -> String {
    bundle.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() + "Functions"
  }

  /// The events that its functions may emit.
  public var emitted: [String] { functions.flatMap(\.emits) }

  /// The events that its functions listen to.
  public var consumed: [String] {
    functions.flatMap { function -> [String] in
      if case .event(let event) = function.trigger { event.events } else { [] }
    }
  }

  public func function(named name: String) -> FunctionManifest? { functions.first { $0.name == name } }
}

/// What a bundle may reach besides its database; what is not listed is not reachable.
public struct Needs: Sendable, Hashable {
  /// Names of secrets in the environment.
  public let secrets: [String]
  /// Settings by their names in the environment, with what counts where one is not set.
  public let settings: [String: String]
  /// Names of the host's upstreams.
  public let outbound: [String]
  /// Names of the bundles that it calls.
  public let services: [String]
}
