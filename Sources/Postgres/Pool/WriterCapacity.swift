/// Decides who gets a writer, by counting.
struct WriterCapacity {
  enum Step: Equatable {
    /// An idle one is there.
    case take
    /// Open another one and wait.
    case openAndWait
    /// Wait for one that is in use or on its way.
    case wait
    case refuse
  }

  let limit: Int
  let maxWaiting: Int
  var idle = 0
  var busy = 0
  var opening = 0

  var open: Int { idle + busy }

  func step(waiting: Int) -> Step {
    if idle > 0, waiting == 0 { return .take }
    if waiting >= maxWaiting { return .refuse }
    return open + opening < limit ? .openAndWait : .wait
  }
}
