import EventLoop
import Manifest

/// Workers of one generation that all do the same.
struct WorkerGroup: Sendable {
  let role: WorkerRole
  /// The folder that they run from.
  let root: String
  /// Which release of each bundle is in it.
  let releases: [String: String]
  let strength: Int
  /// Of a hundred requests so many are handed to them; nil for all.
  var percent: Int?
  /// Bytes that one may have in memory before it is replaced.
  var memory: Int?
  var processors: Int?

  /// Whether one more worker is kept ready than serve.
  var hasSpare: Bool { !role.isOnTrial }

  /// What one worker can't go beyond, however fast it grows: a quarter more than what it is replaced at, and room for the
  /// program itself.
  var limits: ProcessLimits {
    var limits = ProcessLimits()
    guard case .dedicated = role else { return limits }
    limits.memory = memory.map { $0 + $0 / 4 + (64 << 20) }
    limits.processors = processors
    return limits
  }
}
