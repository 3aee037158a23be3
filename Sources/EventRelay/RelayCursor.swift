internal import FunctionKit

/// How far an outbox has been read.
///
/// Rows are read in windows between two snapshots: a window holds what had ended when the second was taken, but not
/// when the first was. Nothing can join it later, and a transaction that waited for another's lock is never in an
/// earlier window than that one. Inside a window rows go by `seq`, which such a transaction takes after the other.
struct RelayCursor: Sendable, Hashable, Decodable {
  /// The snapshot where the window starts: all that had ended by then has been handed on.
  var low: String
  /// The snapshot where it ends.
  var high: String
  /// The last row of the window that has been handed on.
  var seq: Int64
  /// Counted up when the outbox was mended, so that all of it is read anew.
  var epoch: Int

  /// Before everything: a snapshot that no transaction had ended before.
  static func start(epoch: Int) -> RelayCursor { RelayCursor(low: nothing, high: nothing, seq: 0, epoch: epoch) }

  private static let nothing = "1:1:"

  var isInFirstWindow: Bool { low == RelayCursor.nothing }

  /// The cursor after a batch: the window goes on while batches are full, else the next one starts where it ended.
  func advanced(past last: Int64?, isFull: Bool) -> RelayCursor {
    if isFull, let last { return RelayCursor(low: low, high: high, seq: last, epoch: epoch) }
    return RelayCursor(low: high, high: high, seq: 0, epoch: epoch)
  }

  /// Whether all of the window has been read, so that a new one can be opened.
  var isFinished: Bool { low == high }
}
