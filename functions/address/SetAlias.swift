import FunctionKit

/// Teaches another spelling of a region's name. Again, it changes nothing.
struct SetAlias: Endpoint {
  struct Input: Decodable, Limited {
    var level: RegionLevel
    var code: String
    /// As people write it; it is kept folded.
    var alias: String

    static let limits: [String: FieldLimit] = ["alias": .text(1...100)]
  }

  struct Alias: Codable, Sendable {
    var level: RegionLevel
    var code: String
    /// Lower case, without accents and words such as "kota".
    var alias: String
  }

  func handle(_ input: Input, context: Context) async throws -> Alias {
    let work = context.ownWork(because: "set_alias")
    try await work.holdDatasets()
    let folded: String = try await work.db.one("select folded_name(\(input.alias))")
    var validation = Validation()
    validation.text(input.alias, "alias", length: 1...100)
    validation.require((1...100).contains(folded.utf8.count), "alias", "must have letters or digits")
    validation.require(
      RegionCode(input.code)?.level == input.level, "code", "is no code of a \(input.level.rawValue)")
    try validation.finish()
    let region = try await RegionView.find(input.code, in: work.db)
    try await work.keep(Alias(level: input.level, code: region.code, alias: folded))
    return Alias(level: input.level, code: region.code, alias: folded)
  }
}

extension Work {
  fileprivate func keep(_ alias: SetAlias.Alias) async throws {
    let isNew = try await db.run(
      """
      insert into region_alias (level, code, alias, created_at, updated_at)
      values (\(alias.level), \(alias.code), \(alias.alias), \(now), \(now)) on conflict (level, code, alias) do nothing
      """)
    guard isNew == 1 else { return }
    try await countEdition()
    try await record(.region, alias.code, to: "alias", note: alias.alias)
  }
}
