import FunctionKit

/// Tells of broadcasts whose hour has come: 50 people a second, a chunk in each transaction. Whatever cuts a run off, the
/// next one goes on behind the last chunk.
struct RunBroadcasts: CronJob {
  static let trigger = "run_broadcasts"
  /// People a minute, of all broadcasts together.
  static let most = 50 * 60
  static let chunk = 300

  func handle(_ tick: Tick, context: Context) async throws {
    for id in try await context.db.all(BroadcastRecord.due(at: context.now), as: ID.self) {
      try await context.skippingFailures("broadcast \(id) is due") { try await context.work { try await $0.start(id) } }
    }
    var run = BroadcastRun(context: context, left: Self.most)
    while try await run.step() {}
    try await settle(context)
  }

  /// Counts for good what became of messages, when nothing more will: carriers report for three days.
  private func settle(_ context: Context) async throws {
    let (now, end) = (context.now, context.now - .days(3))
    try await context.work {
      try await $0.db.run(
        """
        update broadcast set sent = \(BroadcastView.messages("('sent', 'delivered')")),
          failed = \(BroadcastView.messages("('failed')")), settled_at = \(now)
        where settled_at is null and finished_at < \(end)
        """)
    }
  }
}

/// One run over all broadcasts, turn by turn.
private struct BroadcastRun {
  let context: Context
  /// How many people may still be told.
  var left: Int
  /// Broadcasts that could not go on, until the next run.
  var stuck: [ID] = []
  /// Until the account service does not answer.
  var mayAsk = true

  /// - Returns: false when there is nothing left to do.
  mutating func step() async throws -> Bool {
    guard left > 0, !Task.isCancelled, let id = try await next() else { return false }
    let size = min(left, RunBroadcasts.chunk)
    var taken: Int?
    try await context.skippingFailures("broadcast \(id) is under way") {
      try await introduce(id, size)
      taken = try await advance(id, size)
    }
    if let taken { left -= taken } else { stuck.append(id) }
    return true
  }

  private func next() async throws -> ID? { try await context.db.first(BroadcastRecord.next(but: stuck)) }

  /// Finds out who the next ones are, with nothing open. Who can't be found out about hears of it in the app.
  private mutating func introduce(_ id: ID, _ size: Int) async throws {
    let found: BroadcastRecord? = try await context.db.first(
      "select \(BroadcastRecord.columns) from broadcast where id = \(id)")
    guard let found else { return }
    let members: [BroadcastMember] = try await context.db.all(found.members(upTo: size))
    for member in members where mayAsk && !member.isKnown && !member.isGone {
      do { try await context.introduce(member.userId) } catch let error as ServiceError {
        context.log.warning("broadcast \(id) goes on without asking who people are: \(error)")
        mayAsk = false
      }
    }
  }

  private func advance(_ id: ID, _ size: Int) async throws -> Int {
    do { return try await context.work { try await $0.advance(id, upTo: size) } } catch {
      guard isOfOneRecipient(error) else { throw error }
      context.log.error("a chunk of broadcast \(id) goes on one by one: \(error)")
      return try await advanceOneByOne(id, size)
    }
  }

  /// One who can't be told holds up none of the others.
  private func advanceOneByOne(_ id: ID, _ size: Int) async throws -> Int {
    for taken in 0..<size {
      let isMore = try await advanceOne(id)
      if !isMore { return taken }
    }
    return size
  }

  private func advanceOne(_ id: ID) async throws -> Bool {
    do { return try await context.work { try await $0.advance(id, upTo: 1) } == 1 } catch {
      guard isOfOneRecipient(error), try await canTellOthers(id) else { throw error }
      context.log.error("somebody is not told of broadcast \(id): \(error)")
      return try await context.work { try await $0.passOver(id) } == 1
    }
  }

  /// Whether what fails for the next one works for somebody behind: what fails for five waits until it is mended, with nobody
  /// passed over. Where too few are left to tell, it is what has worked for others before; and after a day nobody waits for
  /// one who can't be told.
  private func canTellOthers(_ id: ID) async throws -> Bool {
    var failures = 0
    for place in 1..<RunBroadcasts.chunk where failures < 5 {
      do { try await context.work { try await $0.rehearse(id, place: place) } } catch let end as Rehearsal {
        switch end {
        case .told: return true
        case .skipped: continue
        case .nobodyThere: return try await isPassedOver(id, isLast: true)
        }
      } catch {
        guard isOfOneRecipient(error) else { throw error }
        failures += 1
      }
    }
    return failures == 5 ? false : try await isPassedOver(id, isLast: false)
  }

  private func isPassedOver(_ id: ID, isLast: Bool) async throws -> Bool {
    try await context.db.one(
      """
      select started_at <= \(context.now - .days(1)) or (\(isLast)::boolean and processed > skipped)
      from broadcast where id = \(id)
      """)
  }

  /// Rather than of the database, or of the run.
  private func isOfOneRecipient(_ error: any Error) -> Bool {
    !Task.isCancelled && (error as? DatabaseError)?.isTransient != true
  }
}
