internal import EventLoop
internal import Manifest

/// What one worker has counted since it began, by function.
public final class Tallies: Sendable {
  private let counted: LoopLocal<[ObjectIdentifier: FunctionTally]>

  init(_ loop: EventLoop) { counted = LoopLocal(loop, [:]) }

  func add(_ function: LoadedFunction, _ outcome: String, milliseconds: UInt64) {
    counted.value[
      ObjectIdentifier(function),
      default: FunctionTally(
        bundle: function.bundle.name, function: function.name, trigger: function.manifest.trigger.word)
    ].add(outcome, milliseconds: milliseconds)
  }

  public var all: [FunctionTally] { Array(counted.value.values) }
}

extension Trigger {
  fileprivate var word: String {
    switch self {
    case .endpoint: "endpoint"
    case .event: "event"
    case .cron: "cron"
    case .webhook: "webhook"
    }
  }
}
