public import FunctionKit
internal import Manifest
internal import Runtime

/// An event that a function of the bundle subscribes to, as its file shows it.
public struct SampleEvent: Sendable {
  public let function: String
  public let type: String
  public let data: JSON
}

extension BundleUnderTest {
  /// Every event that the manifest subscribes to, once for each function.
  public func sampleEvents() throws -> [SampleEvent] {
    try bundle.manifest.functions.flatMap { function -> [SampleEvent] in
      guard case .event(let subscription) = function.trigger else { return [] }
      return try subscription.events.map { type in
        guard let event = loadEvent(named: type, directory: "\(root)/manifests")?.manifest else {
          throw TestSetupError("event \(type) has no file that can be read")
        }
        return SampleEvent(function: function.name, type: type, data: event.sample)
      }
    }
  }

  /// The endpoints that let in signed-in users without a role.
  public var endpointsOfUsers: [String] {
    bundle.manifest.functions.compactMap { function in
      guard case .endpoint(let endpoint) = function.trigger else { return nil }
      return endpoint.access.contains(.user) || endpoint.access.contains(.owner) ? function.name : nil
    }
  }
}
