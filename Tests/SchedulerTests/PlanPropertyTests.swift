import FunctionKit
import Manifest
import Scheduler
import Testing

/// Plays hosts, restarts and jumping clocks against the plan, and then holds the record against a walk of the schedule.
@Suite struct `The plan of any schedule` {
  @Test(arguments: 0..<300 as Range<UInt64>)
  func `every tick is decided once, none is made up, and order is kept`(seed: UInt64) throws {
    var random = Noise(state: seed &* 7919 &+ 1)
    let plan = try randomPlan(&random)
    var world = World(
      plan: plan, now: Instant(seconds: Int64.random(in: 1_772_000_000...1_795_000_000, using: &random)))
    let start = world.last
    for _ in 0..<60 { world.step(&random) }
    let expected = ticks(of: plan, after: start, through: world.latest)
    #expect(world.decided.map(\.tick) == expected, "\(plan)")
    #expect(world.decided.allSatisfy { $0.skippedReason?.isEmpty != true })
    let wanted = world.decided.filter { $0.skippedReason == nil }.map(\.tick)
    #expect(Set(world.started + world.late + world.open.filter { $0.attempts == 0 }.map(\.scheduledAt)) == Set(wanted))
    #expect(Set(world.started).count == world.started.count, "nothing starts twice")
    #expect(world.mostAtOnce <= (plan.policy.overlap == .allow ? .max : 1))
    if plan.policy.overlap != .allow { #expect(world.started == world.started.sorted()) }
    if case .all = plan.policy.missed, plan.policy.overlap != .forbid, plan.policy.deadline == nil {
      #expect(wanted == expected, "nothing is skipped without need")
    }
  }

  private func randomPlan(_ random: inout Noise) throws -> CronPlan {
    let schedules = [
      "*/15 * * * *", "@hourly", "30 2 * * *", "0,30 1-3 * * *", "@every 7m", "@every 90s", "15 */2 * * 1-5", "@daily",
    ]
    let zones = ["UTC", "Asia/Jakarta", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]
    return try CronPlan(
      "Job\(random.next() % 3)", schedules.randomElement(using: &random)!, zone: zones.randomElement(using: &random)!,
      overlap: Overlap.allCases.randomElement(using: &random)!,
      missed: [.skip, .last, .all(limit: 1000)].randomElement(using: &random)!,
      jitter: [.zero, .seconds(30), .minutes(20)].randomElement(using: &random)!,
      deadline: [nil, nil, .minutes(45), .hours(5)].randomElement(using: &random)!)
  }

  /// All ticks whose moment has come, by the schedule alone.
  private func ticks(of plan: CronPlan, after start: Instant, through end: Instant) -> [Instant] {
    var ticks: [Instant] = []
    var cursor = start
    while let due = plan.nextDue(after: cursor), due <= end,
      let next = plan.schedule.next(after: cursor.seconds, zone: plan.zone)
    {
      cursor = Instant(seconds: next)
      ticks.append(cursor)
    }
    return ticks
  }
}

/// The database as the hosts have left it, and a clock that does not always go forward.
private struct World {
  let plan: CronPlan
  var now: Instant
  var last: Instant
  /// The furthest that any host has looked.
  var latest: Instant
  var decided: [CronPlan.Decision] = []
  var open: [OpenRun] = []
  var started: [Instant] = []
  var late: [Instant] = []
  var mostAtOnce = 0

  init(plan: CronPlan, now: Instant) {
    self.plan = plan
    self.now = now
    last = now
    latest = now
  }

  mutating func step(_ random: inout Noise) {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: now = now + .seconds(Int64.random(in: 0...20 * 3600, using: &random))
    case 1: now = now - .seconds(Int64.random(in: 0...2 * 3600, using: &random))
    case 2: return
    case 3...5: endOne(&random)
    default: now = now + .seconds(Int64.random(in: 1...900, using: &random))
    }
    look()
  }

  private mutating func look() {
    latest = max(latest, now)
    let decisions = plan.decide(after: last, unfinished: open.first?.scheduledAt, now: now)
    for decision in decisions {
      last = decision.tick
      decided.append(decision)
      guard decision.skippedReason == nil else { continue }
      let id = Int64(decided.count)
      open.append(OpenRun(id: id, scheduledAt: decision.tick, attempts: 0, manual: false, startableAt: now))
    }
    startAndSkip()
  }

  private mutating func startAndSkip() {
    let turn = plan.turn(of: open, now: now)
    for run in turn.skip {
      late.append(run.scheduledAt)
      open.removeAll { $0 == run }
    }
    for run in turn.start {
      guard let index = open.firstIndex(of: run) else { continue }
      if run.attempts == 0 { started.append(run.scheduledAt) }
      open[index] = run.with(attempts: run.attempts + 1, startableAt: nil)
    }
    mostAtOnce = max(mostAtOnce, open.count { $0.startableAt == nil })
  }

  /// One of the runs is over, or its host dies, or it fails and waits for its next attempt.
  private mutating func endOne(_ random: inout Noise) {
    guard let index = open.indices.filter({ open[$0].startableAt == nil }).randomElement(using: &random) else { return }
    let run = open[index]
    switch random.next() % 4 {
    case 0: open[index] = run.with(attempts: run.attempts, startableAt: now)
    case 1: open[index] = run.with(attempts: run.attempts, startableAt: now + .minutes(5))
    default: open.remove(at: index)
    }
  }
}

extension OpenRun {
  fileprivate func with(attempts: Int, startableAt: Instant?) -> OpenRun {
    OpenRun(id: id, scheduledAt: scheduledAt, attempts: attempts, manual: false, startableAt: startableAt)
  }
}

/// A fixed sequence, so that a failure can be seen again.
private struct Noise: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
