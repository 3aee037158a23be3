extension CronSchedule {
  /// The first tick after an instant, both in Unix seconds; nil if none comes within forty years.
  ///
  /// A local time that the clocks skip fires once, at the first instant after the gap; one that they repeat fires the
  /// first time only. So no change of clocks loses a daily job or runs it twice.
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
  /// Instants follow local times in order, so the search can begin at the local time of `instant`.
  func next(after instant: Int64, zone: TimeZoneRules) -> Int64? {
    let local = instant + zone.offset(at: instant)
    let today = local.floorDivided(by: 86_400)
    for day in today...(today + horizon) where matches(CivilDate(daysSinceEpoch: day)) {
      let earliest = day == today ? local - day * 86_400 : 0
      if let found = tick(on: day, from: earliest, after: instant, zone) { return found }
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
}
