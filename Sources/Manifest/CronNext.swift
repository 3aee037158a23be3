extension CronSchedule {
  /// The first tick after an instant, both in Unix seconds; nil if none comes within forty years.
  ///
  /// A local time that the clocks skip fires once, at the first instant after the gap; one that they repeat fires the
  /// first time only. So no change of clocks loses a daily job or runs it twice. A schedule of every hour fires whenever
  /// the clock shows one of its minutes instead, so that a change neither makes it pause nor adds a tick.
  public func next(after instant: Int64, zone: TimeZoneRules) -> Int64? {
    switch rule {
    case .every(let seconds): (instant.floorDivided(by: seconds) + 1) * seconds
    case .fields(let fields): fields.next(after: instant, zone: zone)
    }
  }
}

/// 29 February on one weekday, across a year such as 2100, is the rarest date a schedule can ask for.
private let horizon: Int64 = 41 * 366

extension CronFields {
  /// Instants follow local times in order, so the search can begin at the local time of `instant`; but for a schedule of
  /// every hour, where it may have to go back to a day that the clocks were turned back to.
  func next(after instant: Int64, zone: TimeZoneRules) -> Int64? {
    let local = instant + zone.offset(at: instant)
    let today = local.floorDivided(by: 86_400)
    for day in (today - 1)...(today + horizon) where matches(CivilDate(daysSinceEpoch: day)) {
      if isHourly, let hours = zone.hoursOfChange(day: day) {
        if let found = shown(in: hours, after: instant, zone) { return found }
      } else if let found = tick(on: day, from: local - day * 86_400, after: instant, zone) {
        return found
      }
    }
    return nil
  }

  private func tick(on day: Int64, from earliest: Int64, after instant: Int64, _ zone: TimeZoneRules) -> Int64? {
    for hour in hours.bitIndexes where Int64(hour + 1) * 3600 > earliest {
      for minute in minutes.bitIndexes {
        let time = Int64(hour * 3600 + minute * 60)
        guard time >= earliest else { continue }
        let found = zone.instant(ofLocal: day * 86_400 + time)
        if found > instant { return found }
      }
    }
    return nil
  }

  /// The first instant at which the clock on the wall shows a matching minute, be it for the second time.
  private func shown(in hours: Range<Int64>, after instant: Int64, _ zone: TimeZoneRules) -> Int64? {
    var cursor = max(instant + 1, hours.lowerBound)
    while cursor < hours.upperBound {
      let local = cursor + zone.offset(at: cursor)
      let second = local - local.floorDivided(by: 60) * 60
      if second == 0, isShown(local) { return cursor }
      cursor += 60 - second
    }
    return nil
  }

  private func isShown(_ local: Int64) -> Bool {
    let day = local.floorDivided(by: 86_400)
    let minute = Int((local - day * 86_400) / 60 % 60)
    return minutes.hasBit(minute) && matches(CivilDate(daysSinceEpoch: day))
  }
}
