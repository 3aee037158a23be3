public import EventLoop
public import HTTPClient

/// Gathers a process's spans and sends them to a collector, a batch at a time. Whatever becomes of them, nobody waits.
///
/// Used on the loop's thread only.
public final class Tracer: Sendable {
  /// How long a span waits for others at most.
  private static let patience: UInt64 = 1000
  private static let timeout = Duration.seconds(10)

  private let loop: EventLoop
  private let client: HTTPClient
  private let collector: Collector
  private let tell: @Sendable (String) -> Void
  private let queue: LoopLocal<SpanQueue>
  private let timer: LoopTimer
  private let state: LoopLocal<State>

  private struct State {
    var isTimerSet = false
    var toldDropped = 0
    /// Told when nothing is under way.
    var whenIdle: CheckedContinuation<Void, Never>?
    var isStopped = false
  }

  /// - Parameters:
  ///   - client: one of its own, so that nothing else can reach the collector.
  ///   - tell: takes what those who run the host should know: that the collector is away, and what was lost by it.
  public init(
    _ loop: EventLoop, _ collector: Collector, client: HTTPClient, tell: @escaping @Sendable (String) -> Void
  ) {
    self.loop = loop
    self.client = client
    self.collector = collector
    self.tell = tell
    queue = LoopLocal(loop, SpanQueue())
    timer = LoopTimer(loop)
    state = LoopLocal(loop, State())
  }

  /// Whether a trace that begins here is recorded.
  public func samples(_ random: UInt64) -> Bool { collector.samples(random) }

  /// Spans that nobody will see.
  public var dropped: Int { queue.value.dropped }

  public func record(_ span: Span) {
    guard !state.value.isStopped else { return }
    queue.value.add(span)
    if queue.value.hasFullBatch, queue.value.failures == 0 { send() } else { wake(after: Tracer.patience) }
  }

  private func wake(after pause: UInt64) {
    guard !state.value.isTimerSet, queue.value.underWay == nil else { return }
    state.value.isTimerSet = true
    timer.start(after: pause) { [weak self] in
      self?.state.value.isTimerSet = false
      self?.send()
    }
  }

  private func send() {
    guard let batch = queue.value.next() else { return }
    let request = HTTPRequest(
      method: "POST", url: collector.url, headers: [("content-type", "application/json")] + collector.headers,
      body: collector.body(of: batch), timeout: Tracer.timeout, maxResponseBytes: 64 * 1024)
    Task(executorPreference: loop) {
      do { self.ended(Tracer.outcome(of: try await self.client.send(request).status), nil) } catch {
        self.ended(.unavailable, "\(error)")
      }
    }
  }

  private static func outcome(of status: Int) -> SpanQueue.Outcome {
    switch status {
    case 200..<300: .accepted
    case 429, 502, 503, 504: .unavailable
    default: .refused
    }
  }

  private func ended(_ outcome: SpanQueue.Outcome, _ cause: String?) {
    let before = queue.value.failures
    let pause = queue.value.ended(outcome)
    report(outcome, before, cause)
    if let waiting = state.value.whenIdle {
      state.value.whenIdle = nil
      waiting.resume()
    } else if !queue.value.isEmpty {
      wake(after: max(pause, queue.value.hasFullBatch ? 1 : Tracer.patience))
    }
  }

  /// Says once that the collector is away and once that it is back, with what was lost meanwhile.
  private func report(_ outcome: SpanQueue.Outcome, _ failuresBefore: Int, _ cause: String?) {
    let lost = queue.value.dropped - state.value.toldDropped
    switch outcome {
    case .unavailable where failuresBefore == 0:
      tell("the collector of traces does not take spans, which wait: \(cause ?? "it said so")")
    case .accepted where failuresBefore > 0:
      tell("the collector of traces takes spans again; \(lost) were lost")
      state.value.toldDropped += lost
    case .refused:
      tell("the collector of traces refused a batch; \(lost) spans were lost")
      state.value.toldDropped += lost
    default: break
    }
  }
}

extension Tracer {
  /// Sends what is left, for as long as the bound allows, and takes nothing any more.
  public func stop(within bound: Duration) async {
    guard !state.value.isStopped else { return }
    state.value.isStopped = true
    timer.close()
    let limit = LoopTimer(loop)
    limit.start(after: bound.milliseconds) { [self] in client.close() }
    if queue.value.underWay != nil { await untilIdle() }
    repeat {
      send()
      await untilIdle()
    } while !queue.value.isEmpty && queue.value.failures == 0
    limit.close()
    client.close()
    queue.value.clear()
    let lost = queue.value.dropped - state.value.toldDropped
    if lost > 0 { tell("\(lost) spans of traces were lost") }
  }

  /// Until the batch that is under way has ended.
  private func untilIdle() async {
    guard queue.value.underWay != nil else { return }
    await withCheckedContinuation { state.value.whenIdle = $0 }
  }
}
