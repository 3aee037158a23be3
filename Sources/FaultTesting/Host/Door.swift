internal import Manifest

/// One of a host's ports: the gateway, the admin port, or a bundle's own.
public struct Door: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  let name: String
  public var description: String { name }

  public init(stringLiteral name: String) { self.name = name }

  public static let gateway: Door = "gateway"
  public static let admin: Door = "admin"
}

/// What the manifests of a project say that a test needs to know.
struct Project: Sendable {
  let root: String
  let ports: [Door: Int]
  /// Each bundle's database, by the bundle's name.
  let databases: [String: String]
  /// The events that each bundle's functions listen to.
  let listeners: [String: [String: [String]]]

  /// - Throws: ``TestFailure`` with every mistake.
  init(root: String) throws {
    let manifests = try loadManifests(directory: root + "/manifests")
    guard manifests.diagnostics.isEmpty else {
      throw TestFailure(manifests.diagnostics.map(\.description).joined(separator: "\n"))
    }
    self.root = root
    let bundles = manifests.bundles
    ports = Dictionary(
      uniqueKeysWithValues: [(.gateway, manifests.host.gatewayPort), (.admin, manifests.host.adminPort)]
        + bundles.map { (Door(stringLiteral: $0.name), $0.port) })
    databases = Dictionary(
      uniqueKeysWithValues: bundles.compactMap { bundle in bundle.database.map { (bundle.name, $0) } })
    listeners = Dictionary(uniqueKeysWithValues: bundles.map { ($0.name, $0.listeners) })
  }

  /// The environment variable of a setting of something named in a manifest: `PAYMENT_DATABASE_URL`.
  func variable(_ name: String, _ suffix: String) -> String {
    name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() + "_" + suffix
  }
}

extension BundleManifest {
  fileprivate var listeners: [String: [String]] {
    functions.reduce(into: [:]) { listeners, function in
      if case .event(let event) = function.trigger { listeners[function.name] = event.events }
    }
  }
}
