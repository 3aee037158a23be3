internal import Manifest
public import Runtime

/// Who listens to what, over all loaded bundles.
public struct Subscriptions: Sendable {
  public struct Subscriber: Sendable {
    public let bundle: LoadedBundle
    public let function: LoadedFunction
  }

  private let byType: [String: [Subscriber]]

  public init(_ bundles: [LoadedBundle]) {
    var byType: [String: [Subscriber]] = [:]
    for bundle in bundles {
      for function in bundle.functions {
        guard case .event(let event) = function.manifest.trigger else { continue }
        for type in event.events { byType[type, default: []].append(Subscriber(bundle: bundle, function: function)) }
      }
    }
    self.byType = byType
  }

  public func subscribers(of type: String) -> [Subscriber] { byType[type] ?? [] }
}
