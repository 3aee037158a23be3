internal import FunctionKit

/// Spans on their way to a collector: as encoded batches, of which only so many wait, so that a collector that is away
/// costs a bounded amount of memory and nothing else.
struct SpanQueue {
  struct Batch: Equatable {
    /// Encoded, with commas between them.
    var spans: [UInt8] = []
    var count = 0
  }

  enum Outcome {
    case accepted
    /// It may be accepted later.
    case unavailable
    /// It never will be.
    case refused
  }

  /// Bytes of a batch that is full.
  static let batchBytes = 128 * 1024
  /// Batches that wait beside the one that is being filled: 4 MiB.
  static let mostBatches = 32
  private static let pauses: [UInt64] = [1000, 2000, 5000, 10_000, 30_000]

  private var open = JSONBytes()
  private var openCount = 0
  private var full: [Batch] = []
  private(set) var underWay: Batch?
  /// How often in a row nobody took a batch.
  private(set) var failures = 0
  /// Spans that nobody will see.
  private(set) var dropped = 0

  var isEmpty: Bool { openCount == 0 && full.isEmpty && underWay == nil }
  /// Whether a batch need not wait for more spans.
  var hasFullBatch: Bool { !full.isEmpty }

  mutating func add(_ span: Span) {
    guard full.count < SpanQueue.mostBatches else {
      dropped += 1
      return
    }
    if openCount > 0 { open.raw(",") }
    open.span(span)
    openCount += 1
    if open.bytes.count >= SpanQueue.batchBytes { closeBatch() }
  }

  private mutating func closeBatch() {
    full.append(Batch(spans: open.bytes, count: openCount))
    (open, openCount) = (JSONBytes(), 0)
  }

  /// The next batch to send; nil while one is under way, or there is nothing.
  mutating func next() -> Batch? {
    guard underWay == nil else { return nil }
    if full.isEmpty, openCount > 0 { closeBatch() }
    guard !full.isEmpty else { return nil }
    underWay = full.removeFirst()
    return underWay
  }

  /// What became of the batch that was under way.
  /// - Returns: milliseconds to wait before the next one is sent.
  mutating func ended(_ outcome: Outcome) -> UInt64 {
    guard let batch = underWay else { return 0 }
    underWay = nil
    switch outcome {
    case .accepted: failures = 0
    case .refused: dropped += batch.count
    case .unavailable:
      failures += 1
      full.insert(batch, at: 0)
      return SpanQueue.pauses[min(failures, SpanQueue.pauses.count) - 1]
    }
    return 0
  }

  /// Gives up all that is left.
  mutating func clear() {
    dropped += openCount + full.reduce(0) { $0 + $1.count } + (underWay?.count ?? 0)
    (open, openCount, full, underWay) = (JSONBytes(), 0, [], nil)
  }
}
