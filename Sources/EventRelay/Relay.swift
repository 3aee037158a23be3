internal import EventLoop
internal import FunctionKit
public import Runtime

/// Carries committed events from every bundle's outbox into the inboxes of those who subscribe.
public final class Relay: Sendable {
  private let intakes: [(source: String, intake: Intake, poller: Poller)]

  /// - Parameter onDelivery: called for each bundle whose inbox has got something new.
  public init(
    services: HostServices, bundles: [LoadedBundle], onDelivery: @escaping @Sendable (LoadedBundle) -> Void
  ) {
    let subscriptions = Subscriptions(bundles)
    var intakes: [(String, Intake, Poller)] = []
    for source in bundles {
      for (bundle, functions) in subscriptions.subscribers(to: source) {
        guard
          let intake = try? Intake(from: source, into: bundle, functions, services: services, onDelivery: onDelivery)
        else { continue }
        let poller = Poller(name: "relay from \(source.name) to \(bundle.name)", services: services) {
          try await intake.step()
        }
        intakes.append((source.name, intake, poller))
      }
    }
    self.intakes = intakes
  }

  var looks: [Intake] { intakes.map(\.intake) }

  /// Looks at a bundle's outbox now rather than at the next poll.
  public func poke(_ bundle: String) { for place in intakes where place.source == bundle { place.poller.poke() } }

  /// Notes where new functions begin in the outboxes they listen to; before the host takes its first request.
  public func prepare() async throws { for place in intakes { try await place.intake.prepare() } }

  public func start() { for place in intakes { place.poller.start() } }

  /// Stops after the batches that are under way.
  public func stop() async { for place in intakes { await place.poller.stop() } }
}
