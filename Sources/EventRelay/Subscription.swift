internal import FunctionKit
internal import Runtime

/// One function's place in one outbox.
struct Subscription: Sendable {
  let function: LoadedFunction
  let types: [String]
  /// What the outbox held before is not for it; nil for all there is.
  let since: Instant?
  var cursor: RelayCursor
  /// The cursor as the database knows it, which may lag over events that are for nobody here.
  var saved: RelayCursor

  /// Those that stand at the same place, so that they are served by one look.
  struct Place: Hashable {
    let cursor: RelayCursor
    let since: Instant?
  }

  /// Once the first window is behind it, everything new is for it, whatever the clocks say.
  var place: Place { Place(cursor: cursor, since: cursor.isInFirstWindow ? since : nil) }
}

extension [Subscription] {
  /// By place. Those who lag read by themselves, and join the others once they have caught up: everybody who has finished
  /// a window opens the next one at the same moment.
  var groups: [[Subscription]] { Dictionary(grouping: self, by: \.place).values.map { $0 } }

  var types: [String] { Set(flatMap(\.types)).sorted() }
}
