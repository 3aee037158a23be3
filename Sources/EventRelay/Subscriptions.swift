internal import Manifest
internal import Runtime

/// Who listens to what, over all loaded bundles.
struct Subscriptions: Sendable {
  typealias Listener = (LoadedFunction, types: [String])

  private let bundles: [LoadedBundle]

  init(_ bundles: [LoadedBundle]) { self.bundles = bundles }

  /// The functions that listen to anything the bundle may emit, by their bundle.
  func subscribers(to source: LoadedBundle) -> [(LoadedBundle, [Listener])] {
    let emitted = Set(source.manifest.functions.flatMap(\.emits))
    return bundles.compactMap { bundle in
      let listeners: [Listener] = bundle.functions.compactMap { function in
        guard case .event(let event) = function.manifest.trigger else { return nil }
        // All its types, also one that only an earlier release of the source has emitted.
        return event.events.contains(where: emitted.contains) ? (function, event.events) : nil
      }
      return listeners.isEmpty ? nil : (bundle, listeners)
    }
  }
}
