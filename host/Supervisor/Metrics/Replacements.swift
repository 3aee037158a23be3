import EventLoop

/// How often a worker's place had to be taken by another, and why.
final class Replacements: Sendable {
  enum Reason: String {
    /// One of its functions trapped.
    case crash
    /// Its process ended by itself, or was killed.
    case end
    /// Its loop did not turn.
    case hang
    /// It had grown too big.
    case memory
  }

  struct Kind: Hashable {
    var role: WorkerRole
    var reason: Reason
  }

  private let state: LoopLocal<[Kind: Int]>

  init(_ loop: EventLoop) { state = LoopLocal(loop, [:]) }

  func count(_ role: WorkerRole, _ reason: Reason) { state.value[Kind(role: role, reason: reason), default: 0] += 1 }

  var counts: [Kind: Int] { state.value }
}
