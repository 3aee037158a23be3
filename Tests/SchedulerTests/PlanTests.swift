import FunctionKit
import Manifest
import Scheduler
import Testing

extension CronPlan {
  init(
    _ function: String, _ schedule: String, zone: String = "UTC", overlap: Overlap = .forbid,
    missed: MissedTicks = .last, jitter: Duration = .zero, deadline: Duration? = nil
  ) throws {
    var policy = CronPolicy()
    policy.overlap = overlap
    policy.missed = missed
    policy.jitter = jitter
    policy.deadline = deadline
    self.init(
      function: function, schedule: try CronSchedule(parsing: schedule),
      zone: try #require(TimeZoneRules(identifier: zone)), policy: policy)
  }
}

@Suite struct `The plan of a schedule` {
  private let noon = Instant(seconds: 1_800_000_000 / 86_400 * 86_400 + 43_200)

  @Test func `a tick that is due runs, one that is not is left alone`() throws {
    let plan = try CronPlan("Job", "@every 1h")
    #expect(plan.decide(after: noon, unfinished: nil, now: noon + .minutes(59)).isEmpty)
    let decisions = plan.decide(after: noon, unfinished: nil, now: noon + .hours(1))
    #expect(decisions.map(\.tick) == [noon + .hours(1)] && decisions[0].skippedReason == nil)
    #expect(plan.nextDue(after: noon) == noon + .hours(1))
  }

  @Test func `a clock that is put back decides nothing again`() throws {
    let plan = try CronPlan("Job", "@every 1h", missed: .all(limit: 100))
    #expect(plan.decide(after: noon, unfinished: nil, now: noon - .hours(3)).isEmpty)
  }

  @Test func `what forbids itself a tick on time lets one that is made up for wait`() throws {
    let plan = try CronPlan("Job", "@every 1h", missed: .all(limit: 100))
    let decisions = plan.decide(after: noon, unfinished: noon, now: noon + .hours(2) + .seconds(5))
    #expect(decisions.map(\.skippedReason) == [nil, "the run of \(noon) was not over"])
  }

  @Test func `jitter is the same for a tick whoever asks, differs between ticks, and stays within its bound`() throws {
    let plan = try CronPlan("Job", "@every 1h", jitter: .seconds(30))
    let other = try CronPlan("Other", "@every 1h", jitter: .seconds(30))
    let delays = (0..<200).map { plan.due(noon + .hours($0)) - (noon + .hours($0)) }
    #expect(delays.allSatisfy { .zero <= $0 && $0 <= .seconds(30) })
    #expect(Set(delays).count > 190)
    #expect((delays.min() ?? .zero) < .seconds(3) && (delays.max() ?? .zero) > .seconds(27))
    #expect(plan.due(noon) == Instant(microseconds: noon.microseconds + 2_816_642), "as every build computes it")
    #expect(other.due(noon) != plan.due(noon))
  }

  @Test func `more missed ticks than are listed are told of by the first`() throws {
    let plan = try CronPlan("Job", "* * * * *")
    let decisions = plan.decide(after: noon, unfinished: nil, now: noon + .days(400))
    #expect(decisions.count == CronPlan.listed)
    let last = try #require(decisions.last)
    #expect(last.tick == noon + .days(400) && last.skippedReason == nil)
    #expect(decisions.first?.skippedReason?.hasSuffix("so were those before it, which are not listed") == true)
    #expect(decisions.dropFirst().allSatisfy { $0.skippedReason?.contains("not listed") != true })
  }
}
