extension Fields {
  func readCron() -> CronManifest? {
    require("schedule", example: "\"*/5 * * * *\"")
    let schedule = read("schedule", CronSchedule.init(parsing:))
    let zone = entry("zone") == nil ? usualZone() : read("zone", TimeZoneRules.init(parsing:))
    let policy = readCronPolicy()
    guard let schedule, let zone else { return nil }
    return CronManifest(schedule: schedule, zone: zone, policy: policy)
  }

  /// The business's own zone; a system without time zone data must be told so rather than run jobs at other hours.
  private func usualZone() -> TimeZoneRules? {
    let jakarta = TimeZoneRules(identifier: "Asia/Jakarta")
    if jakarta == nil { mistakes.add("this system has no time zone data for Asia/Jakarta", at: position) }
    return jakarta
  }

  private func readCronPolicy() -> CronPolicy {
    var policy = CronPolicy()
    policy.overlap = read("overlap", Numbers.choice) ?? policy.overlap
    policy.missed = readMissed() ?? policy.missed
    policy.jitter = read("jitter", Units.jitter) ?? policy.jitter
    policy.deadline = read("deadline", Units.deadline)
    policy.retry = readRetry(usual: policy.retry)
    checkTimes(policy)
    checkBackoff()
    return policy
  }

  /// Reads `missed: last`, or `missed: { run: all, limit: 500 }`.
  private func readMissed() -> MissedTicks? {
    guard let value = value("missed") else { return nil }
    guard value.list == nil else {
      refuse(value, of: "missed", Mistake("is a list; write one word, or { run: all, limit: 100 }"))
      return nil
    }
    guard value.map != nil else { return read(value, of: "missed", MissedTicks.parse) }
    guard let fields = fields("missed", keys: ["run", "limit"]) else { return nil }
    fields.require("run", example: "all")
    let limit = fields.read("limit") { text throws(Mistake) in try Numbers.whole(text, in: MissedTicks.limits) }
    let missed = fields.read("run", MissedTicks.parse)
    guard case .all(let usual) = missed else {
      if missed != nil, let entry = fields.entry("limit") {
        mistakes.add("'limit'\(fields.inPlace) is only for run: all", at: entry.position)
      }
      return missed
    }
    return .all(limit: limit ?? usual)
  }

  /// A tick that its jitter holds back for as long as it may wait could never start.
  private func checkTimes(_ policy: CronPolicy) {
    guard let deadline = policy.deadline, policy.jitter >= deadline, let value = value("deadline") else { return }
    refuse(value, of: "deadline", Mistake("must be longer than the jitter, which holds the tick back"))
  }

  /// A cron's usual single attempt is never tried again, however the pauses are.
  private func checkBackoff() {
    guard let retry = entry("retry"), let keys = retry.value.map?.map(\.key), keys == ["backoff"] else { return }
    mistakes.add("'retry'\(inPlace) has no attempts, and a cron has one; add 'attempts: 3'", at: retry.position)
  }
}

extension MissedTicks {
  fileprivate static func parse(_ text: String) throws(Mistake) -> MissedTicks {
    switch try Numbers.choice(text) as Word {
    case .skip: .skip
    case .last: .last
    case .all: .all(limit: usualLimit)
    }
  }

  private enum Word: String, CaseIterable { case skip, last, all }
}

extension Units {
  fileprivate static func jitter(_ text: String) throws(Mistake) -> Duration {
    try duration(text, upTo: 3600, written: "1h")
  }

  fileprivate static func deadline(_ text: String) throws(Mistake) -> Duration {
    try duration(text, upTo: 168 * 3600, written: "168h")
  }

  private static func duration(_ text: String, upTo seconds: Int64, written: String) throws(Mistake) -> Duration {
    let duration = try duration(text)
    guard duration > .zero, duration <= .seconds(seconds) else {
      throw Mistake("must be more than 0 and at most \(written)")
    }
    return duration
  }
}
