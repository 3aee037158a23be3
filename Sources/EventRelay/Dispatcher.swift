internal import EventLoop
internal import FunctionKit
public import Runtime

/// Works through every bundle's inbox: events and webhook deliveries alike.
public final class Dispatcher: Sendable {
  private let services: HostServices
  private let lanes: LoopLocal<[String: Lane]>

  public init(services: HostServices, bundles: [LoadedBundle]) {
    self.services = services
    lanes = LoopLocal(services.loop, [:])
    for bundle in bundles where bundle.pool != nil {
      lanes.value[bundle.name] = Lane(bundle: bundle, services: services)
    }
    services.quarantine.onChange { [weak self] in self?.pokeAll() }
  }

  /// Looks at a bundle's inbox now rather than at the next poll.
  public func poke(_ bundle: String) { lanes.value[bundle]?.poke() }

  private func pokeAll() { for lane in lanes.value.values { lane.poke() } }

  public func start() { for lane in lanes.value.values { lane.start() } }

  /// Takes nothing new and waits for what runs.
  public func stop() async { for lane in lanes.value.values { await lane.stop() } }
}
