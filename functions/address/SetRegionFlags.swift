import FunctionKit

/// Says of a province or a district that it is remote, or puts a city into a metropolitan area.
struct SetRegionFlags: Endpoint {
  struct Input: Decodable, Limited {
    var code: String
    /// Of a province or a district; a city is remote with its province or with all of its districts.
    var isRemote: Bool?
    /// Of a city; empty for none.
    var metroCode: String?

    static let limits: [String: FieldLimit] = ["metroCode": .text(0...30)]
  }

  func handle(_ input: Input, context: Context) async throws -> RegionView {
    let work = context.ownWork(because: "set_region_flags")
    try await work.holdDatasets()
    let region = try await RegionView.find(input.code, in: work.db)
    try await input.check(region, in: work.db)
    try await work.set(input, of: region)
    return try await RegionView.find(input.code, in: work.db)
  }
}

extension SetRegionFlags.Input {
  fileprivate func check(_ region: RegionView, in db: Database) async throws {
    var validation = Validation()
    let isTold = isRemote != nil || metroCode != nil
    validation.require(isTold, "isRemote", "is required, or a metroCode", code: "required")
    validation.require(isRemote == nil || region.level != .city, "isRemote", "is not of a city, but of its districts")
    validation.require(metroCode == nil || region.level == .city, "metroCode", "is of a city alone")
    if let metro = told(metroCode) {
      let isKnown: Bool = try await db.one("select exists (select from metro_area where code = \(metro))")
      validation.require(isKnown, "metroCode", "is no metropolitan area")
    }
    try validation.finish()
  }
}

extension Work {
  fileprivate func set(_ flags: SetRegionFlags.Input, of region: RegionView) async throws {
    let (code, isRemote) = (region.code, flags.isRemote)
    switch region.level {
    case .province:
      try await db.run("update province set is_remote = \(isRemote), updated_at = \(now) where code = \(code)")
    case .district:
      try await db.run("update district set is_remote = \(isRemote), updated_at = \(now) where code = \(code)")
    case .city:
      try await db.run(
        "update city set metro_code = \(told(flags.metroCode)), updated_at = \(now) where code = \(code)")
    }
    try await countEdition()
    let state = isRemote.map { $0 ? "remote" : "not remote" } ?? "in \(told(flags.metroCode) ?? "no metropolitan area")"
    try await record(.region, code, to: state)
  }
}
