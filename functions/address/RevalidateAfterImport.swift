import FunctionKit

/// Looks anew at addresses that were checked against another edition of the region data. What it finds makes them more or
/// less certain, never invalid. An address that is done carries the edition's number, so a run goes on where one was cut.
struct RevalidateAfterImport: CronJob {
  private static let step = 200

  func handle(_ tick: Tick, context: Context) async throws {
    let version: Int = try await context.db.one("select version from region_dataset where status = 'active'")
    for versions in [Int(Int32.min)...version - 1, version + 1...Int(Int32.max)] {
      var last = StaleAddress.Place(version: versions.lowerBound, id: ID.lowest)
      while true {
        let due: [StaleAddress] = try await context.db.all(
          StaleAddress.select(versions, after: last, limit: Self.step))
        for address in due {
          try await context.skippingFailures("address \(address.id) is to be looked at") {
            try await context.refresh(address)
          }
        }
        guard due.count == Self.step, let end = due.last else { break }
        last = StaleAddress.Place(version: end.datasetVersion, id: end.id)
      }
    }
  }
}

extension Context {
  /// An address that its user changes at the same time has been looked at by that.
  fileprivate func refresh(_ address: StaleAddress) async throws {
    try await work(because: "revalidate_after_import") { work in
      let place = address.place
      let facts = try await work.db.facts(of: place)
      let verdict = PlaceVerdict(place, facts)
      let warnings = verdict.blocking.map(\.rawValue) + verdict.warnings.map(\.rawValue)
      let district = address.districtCode == nil ? verdict.place.districtCode : nil
      try await work.db.run(
        """
        update address set confidence = \(verdict.confidence), warnings = \(warnings),
          district_code = coalesce(\(district), district_code),
          district_name = case when \(district)::text is null then district_name else \(verdict.place.districtName) end,
          version = version + ((confidence, warnings) is distinct from (\(verdict.confidence)::smallint, \(warnings)::text[])
            or \(district)::text is not null)::int,
          dataset_version = \(facts.version)
        where id = \(address.id) and version = \(address.version) and deleted_at is null
        """)
    }
  }
}
