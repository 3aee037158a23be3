private import FunctionKit

/// How far an outbox has been read.
///
/// Rows are read in windows between two snapshots: a window holds what had ended when the second was taken, but not
/// when the first was. Nothing can join it later, and a transaction that waited for another's lock is never in an
/// earlier window than that one. Inside a window rows go by `seq`, which such a transaction takes after the other.
struct RelayCursor: Sendable, Equatable, Decodable {
  /// The snapshot where the window starts: all that had ended by then has been handed on.
  var low: String
  /// The snapshot where it ends.
  var high: String
  /// The last row of the window that has been handed on.
  var seq: Int64

  /// A snapshot that no transaction had ended before.
  static let start = "1:1:"

  /// The cursor after a batch: the window goes on while batches are full, else the next one starts where it ended.
  func advanced(past last: Int64?, isFull: Bool) -> RelayCursor {
    if isFull, let last { return RelayCursor(low: low, high: high, seq: last) }
    return RelayCursor(low: high, high: high, seq: 0)
  }

  /// Whether all of the window has been read, so that a new one can be opened.
  var isFinished: Bool { low == high }
}
