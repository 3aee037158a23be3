public import Manifest

/// What the host was started with, as far as functions may see it.
public struct Environment: Sendable {
  public var isProduction: Bool
  public var secrets: [String: String]
  /// What bundles' settings are set to; those that are not set count as their manifests say.
  public var settings: [String: String]
  /// Base URLs by upstream name, without a slash at the end.
  public var upstreams: [String: String]
  /// What emitted data is held against, by event; empty where that is not worth its time: in production.
  public var payloadSchemas: [String: PayloadSchema]

  public init(
    isProduction: Bool, secrets: [String: String], upstreams: [String: String],
    payloadSchemas: [String: PayloadSchema] = [:], settings: [String: String] = [:]
  ) {
    self.isProduction = isProduction
    self.secrets = secrets
    self.settings = settings
    self.upstreams = upstreams
    self.payloadSchemas = payloadSchemas
  }
}

/// A function asked for something that its manifest does not grant, or the host does not have.
public struct NotGranted: Error, Sendable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}
