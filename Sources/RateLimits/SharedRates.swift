public import EventLoop

/// The rates of all hosts, in Redis: one connection, on which questions follow each other without waiting.
///
/// It never fails a request. While Redis is away or slow there is no verdict, and the host's own table decides. All of it is
/// used on the loop's thread.
public final class SharedRates: @unchecked Sendable {
  private struct Question {
    /// Milliseconds of the loop's clock.
    let until: UInt64
    let answer: (RedisReply?) -> Void
  }

  private static let firstPause = Duration.milliseconds(100)
  private static let longestPause = Duration.seconds(5)
  private static let greetingTime: UInt64 = 1000

  private let loop: EventLoop
  private let address: RedisAddress
  private let patience: UInt64
  private let log: @Sendable (String) -> Void
  private let timer: LoopTimer
  private var stream: Stream?
  private var replies = RedisReplies()
  private var asked: [Question] = []
  private var isLate = false
  private var script: String?
  private var pause = firstPause
  private var readySince: UInt64 = 0
  private var trouble: String?
  private var isClosed = false

  /// How many questions the host has had to answer by itself.
  public private(set) var unanswered = 0

  /// Begins to connect.
  /// - Parameters:
  ///   - deadline: how long a request waits for a verdict at most.
  ///   - log: is told when Redis goes and when it is back, once each.
  public init(
    _ loop: EventLoop, _ address: RedisAddress, deadline: Duration = .milliseconds(25),
    log: @escaping @Sendable (String) -> Void
  ) {
    self.loop = loop
    self.address = address
    self.log = log
    patience = deadline.milliseconds
    timer = LoopTimer(loop)
    connect()
  }

  /// Whether a question would be sent now.
  public var isReady: Bool { script != nil }

  /// Asks for all claims of a request at once.
  /// - Parameters:
  ///   - shift: microseconds by which the hosts' clock is ahead.
  ///   - done: gets nil when there is no verdict in time, at once when Redis is known to be away.
  public func take(_ claims: [RateClaim], shift: Int = 0, _ done: @escaping (RateVerdict?) -> Void) {
    let words = RateClaim.words(claims, shift: shift)
    guard let script else { return finish(nil, done) }
    ask(["EVALSHA", script] + words) { [self] reply in
      guard case .error(let text)? = reply, text.hasPrefix("NOSCRIPT"), isReady else {
        return finish(verdict(reply, claims), done)
      }
      ask(["EVAL", RateClaim.script] + words) { self.finish(self.verdict($0, claims), done) }
    }
  }

  private func finish(_ verdict: RateVerdict?, _ done: (RateVerdict?) -> Void) {
    if verdict == nil { unanswered += 1 }
    done(verdict)
  }

  private func verdict(_ reply: RedisReply?, _ claims: [RateClaim]) -> RateVerdict? {
    guard let reply else { return nil }
    let verdict = RateVerdict(reply, to: claims)
    if verdict == nil, stream != nil { lose(refusalText(reply)) }
    return verdict
  }

  public func close() {
    isClosed = true
    lose("the host stops")
    timer.close()
  }

  // MARK: The connection

  private func connect() {
    Task(executorPreference: loop) { [self] in
      do {
        let stream = try await Stream.connect(loop, to: try await address.resolved(on: loop))
        guard !isClosed else { return stream.close() }
        begin(stream)
      } catch { lose("\(error)") }
    }
  }

  private func begin(_ stream: Stream) {
    self.stream = stream
    replies = RedisReplies()
    stream.whenClosed { [self, unowned stream] in if self.stream === stream { lose("the connection broke") } }
    stream.startReading { [self] in
      read($0)
    } onEnd: { [self] _ in
      lose("Redis closed the connection")
    }
    greet()
  }

  private func greet() {
    if let password = address.password {
      ask(["AUTH"] + (address.user.map { [$0] } ?? []) + [password], within: SharedRates.greetingTime, orLose)
    }
    if address.database != 0 { ask(["SELECT", "\(address.database)"], within: SharedRates.greetingTime, orLose) }
    ask(["SCRIPT", "LOAD", RateClaim.script], within: SharedRates.greetingTime) { [self] reply in
      guard case .text(let script?)? = reply else {
        if reply != nil, stream != nil { lose(refusalText(reply)) }
        return
      }
      self.script = script
      readySince = loop.now
      if trouble != nil { log("rate limits are shared again, through Redis at \(address.name)") }
      trouble = nil
    }
  }

  private func orLose(_ reply: RedisReply?) {
    if case .error? = reply, stream != nil { lose(refusalText(reply)) }
  }

  private func refusalText(_ reply: RedisReply?) -> String {
    guard case .error(let text)? = reply else { return "what answers is no Redis" }
    let isPassword = ["WRONGPASS", "NOAUTH", "ERR AUTH", "ERR invalid password"].contains { text.hasPrefix($0) }
    return isPassword ? "Redis refuses the user or password of LAKOO_REDIS_URL: \(text)" : "Redis says \(text)"
  }

  /// Lets all that wait go on without a verdict, and tries again after a while.
  private func lose(_ reason: String) {
    let (stream, waiting) = (stream, asked)
    if script != nil, loop.now - readySince >= 5000 { pause = SharedRates.firstPause }
    (self.stream, script, asked, isLate) = (nil, nil, [], false)
    timer.stop()
    stream?.close()
    for question in waiting { question.answer(nil) }
    guard !isClosed else { return }
    if trouble != reason {
      log("rate limits are not shared, each host counts for itself: Redis at \(address.name): \(reason)")
    }
    trouble = reason
    retry()
  }

  private func retry() {
    let delay = pause
    pause = min(pause * 2, SharedRates.longestPause)
    timer.start(after: delay.milliseconds) { [self] in connect() }
  }

  // MARK: Questions and answers

  private func ask(_ words: [String], within time: UInt64? = nil, _ answer: @escaping (RedisReply?) -> Void) {
    guard let stream else { return answer(nil) }
    asked.append(Question(until: loop.now + (time ?? patience), answer: answer))
    if asked.count == 1 { watch() }
    stream.write(RedisReply.command(words))
  }

  private func read(_ bytes: borrowing RawSpan) {
    replies.append(bytes)
    isLate = false
    do {
      while stream != nil, let reply = try replies.read() {
        guard !asked.isEmpty else { return lose("what answers is no Redis") }
        asked.removeFirst().answer(reply)
      }
    } catch { lose("what answers is no Redis") }
  }

  /// One timer for all that wait: answers come in the order of questions, so the first is the first to be late.
  private func watch() {
    guard let first = asked.first else { return }
    timer.start(after: max(1, first.until - min(first.until, loop.now))) { [self] in judge() }
  }

  /// The loop may have been busy while the answer was there: that is read before it counts as late.
  private func judge() {
    guard let first = asked.first else { return }
    guard first.until <= loop.now else { return watch() }
    guard isLate else {
      isLate = true
      return timer.start(after: 1) { [self] in judge() }
    }
    lose("it has not answered in time")
  }
}
