internal import EventLoop
public import FunctionKit
internal import Manifest

/// What an invocation does when its turn comes, and what its caller hears when it never does.
struct Turn {
  let ticket: Int
  let work: @Sendable () async -> Void
  let refuse: @Sendable (Problem) -> Void
}

extension Invocation {
  /// Runs the work like ``start(onExpire:_:)``, as soon as its function has a place for it: waiting is part of its time.
  /// - Parameter refuse: told, instead of an answer, that the line is full, the deadline has passed or the client has gone.
  public func startInTurn(
    refuse: @escaping @Sendable (Problem) -> Void, _ work: @escaping @Sendable () async -> Void
  ) {
    guard let concurrency = function.concurrency, !services.inFlight.isClosed else { return run(refuse, work) }
    let inPlace: @Sendable () async -> Void = {
      self.state.value.placeSince = self.services.loop.now
      await work()
      self.leavePlace()
    }
    switch services.lines.arrive(self, concurrency) {
    case .run: run(refuse, inPlace)
    case .wait(let ticket):
      state.value.turn = Turn(ticket: ticket, work: inPlace, refuse: refuse)
      services.inFlight.add(self)
    case .refuse: turnAway(refuse)
    }
  }

  private func run(
    _ refuse: @escaping @Sendable (Problem) -> Void, _ work: @escaping @Sendable () async -> Void
  ) {
    start(onExpire: { refuse(Failure.timeout(of: self)) }, onCrash: { refuse(self.answer($0)) }, work)
  }

  /// Gives its place, if it has one, to whoever is next.
  func leavePlace() {
    guard let begin = state.value.placeSince else { return }
    state.value.placeSince = nil
    services.lines.leave(self, after: services.loop.now - begin)?.takeTurn()
  }

  /// Whether it waits or runs.
  public var isUnderWay: Bool { position >= 0 }

  private func takeTurn() {
    guard let turn = state.value.turn else { return }
    state.value.turn = nil
    state.value.onExpire = { turn.refuse(Failure.timeout(of: self)) }
    state.value.onCrash = { turn.refuse(self.answer($0)) }
    // Not at once: a long line of functions that never wait would be one deep recursion.
    state.value.task = Task(executorPreference: services.loop) { await self.run(turn.work) }
  }

  private func turnAway(_ refuse: (Problem) -> Void) {
    let problem = Failure.overloaded(retryAfter: services.lines.retryAfter(self))
    services.log.finished(self, outcome: "\(problem.status) \(problem.code)")
    refuse(problem)
  }

  func leaveLine(_ turn: Turn, _ problem: Problem) {
    state.value.turn = nil
    services.lines.giveUp(self, ticket: turn.ticket)
    finish()
    let cause = problem.status < 500 ? nil : "it waited in line for all of its time"
    services.log.finished(self, outcome: "\(problem.status) \(problem.code)", error: cause)
    turn.refuse(problem)
  }

  /// The client has gone: what waits never runs, what only reads is cancelled, and what may have effects runs to its end.
  public func abandon() {
    guard isUnderWay, !isExpired else { return }
    if let turn = state.value.turn { return leaveLine(turn, Failure.clientGone) }
    guard untracedSession is ReadSession, function.manifest.route?.method == "GET" else { return }
    state.value.isAbandoned = true
    state.value.task?.cancel()
  }
}
