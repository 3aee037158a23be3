private import FunctionKit

/// How far an outbox has been read.
///
/// Rows are read in windows of transaction ids. A window ends below the oldest transaction that is still running, so
/// every row it will ever hold is there; inside it rows go by `seq`. A transaction that waited for another's lock emits
/// after it, so one aggregate's events are in order within a window, and a later window can't hold an earlier one.
struct RelayCursor: Sendable, Equatable, Decodable {
  /// Where the window starts, inclusive.
  var low: String
  /// Where it ends, exclusive.
  var high: String
  /// The last row of the window that has been handed on.
  var seq: Int64

  /// The cursor after a batch: the window goes on while batches are full, else the next one starts where it ended.
  func advanced(past last: Int64?, isFull: Bool) -> RelayCursor {
    if isFull, let last { return RelayCursor(low: low, high: high, seq: last) }
    return RelayCursor(low: high, high: high, seq: 0)
  }

  /// Whether all of the window has been read, so that a new one can be opened.
  var isFinished: Bool { low == high }
}
