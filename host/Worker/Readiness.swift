import EventLoop
import FunctionKit

/// Whether requests should be sent to this worker's host, as far as the worker can tell. It is not found out more often than
/// once a second, whoever asks.
final class Readiness: Sendable {
  private let loop: EventLoop
  private let checks: [@Sendable () async -> FieldError?]
  private let state: LoopLocal<State>
  /// Milliseconds for which an answer does.
  private static let fresh: UInt64 = 1000

  private struct State {
    var isStopping = false
    var latest: (reasons: [FieldError], at: UInt64)?
    var look: Task<[FieldError], Never>?
  }

  /// - Parameter checks: each says what is not ready.
  init(_ loop: EventLoop, _ checks: [@Sendable () async -> FieldError?]) {
    self.loop = loop
    self.checks = checks
    state = LoopLocal(loop, State())
  }

  /// From now on nothing new should come.
  func stop() { state.value.isStopping = true }

  func reasons() async -> [FieldError] {
    if state.value.isStopping { return [.stopping] }
    if let latest = state.value.latest, loop.now - latest.at < Readiness.fresh { return latest.reasons }
    let look = state.value.look ?? Task(executorPreference: loop) { await self.look() }
    state.value.look = look
    return await look.value
  }

  private func look() async -> [FieldError] {
    let found = await withTaskGroup(of: FieldError?.self, returning: [FieldError].self) { group in
      for check in checks { group.addTask { await check() } }
      var found: [FieldError] = []
      for await case let reason? in group { found.append(reason) }
      return found
    }
    let reasons = found.sorted { $0.field < $1.field }
    state.value.look = nil
    state.value.latest = (reasons, loop.now)
    return reasons
  }
}

extension FieldError {
  static let stopping = FieldError(field: "host", message: "is about to stop", code: "stopping")
}
