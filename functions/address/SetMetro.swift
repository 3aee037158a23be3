import FunctionKit

/// Says which cities are one place for delivery. Those that are not named any more leave the area.
struct SetMetro: Endpoint {
  struct Input: Decodable, Limited {
    var code: String
    /// The code itself for a new area, unless told.
    var name: String?
    /// Their codes.
    var cities: [String]

    static let limits: [String: FieldLimit] = [
      "code": .pattern("^[A-Z][A-Z0-9_]{1,29}$"), "name": .text(1...100), "cities": .count(0...100),
    ]
  }

  struct Metro: Codable, Sendable {
    var code: String
    var name: String
    /// Ascending.
    var cities: [String]
  }

  func handle(_ input: Input, context: Context) async throws -> Metro {
    let work = context.ownWork(because: "set_metro")
    try await work.holdDatasets()
    try await input.check(in: work.db)
    try await work.keep(input)
    return try await work.db.one(
      """
      select code, name,
        array(select city.code from city where metro_code = metro_area.code order by city.code) as cities
      from metro_area where code = \(input.code)
      """)
  }
}

extension SetMetro.Input {
  fileprivate func check(in db: Database) async throws {
    var validation = Validation()
    let isCode = code.wholeMatch(of: /[A-Z][A-Z0-9_]{1,29}/) != nil
    validation.require(isCode, "code", "must be 2 to 30 capitals, digits and underscores, a letter first")
    validation.text(name, "name", length: 1...100)
    validation.require(cities.count <= 100, "cities", "must have at most 100 entries", code: "length")
    let known: [String] = try await db.all("select code from city where code = any (\(cities)::bpchar[])")
    for (index, city) in cities.prefix(100).enumerated() where !known.contains(city) {
      validation.fail("cities[\(index)]", "is no city")
    }
    try validation.finish()
  }
}

extension Work {
  fileprivate func keep(_ metro: SetMetro.Input) async throws {
    try await db.run(
      """
      insert into metro_area (code, name, created_at, updated_at)
      values (\(metro.code), \(metro.name ?? metro.code), \(now), \(now))
      on conflict (code) do update set name = coalesce(\(metro.name), metro_area.name), updated_at = excluded.updated_at
      """)
    try await db.run(
      """
      update city set metro_code = case when code = any (\(metro.cities)::bpchar[]) then \(metro.code) end,
        updated_at = \(now)
      where (metro_code = \(metro.code)) is distinct from (code = any (\(metro.cities)::bpchar[]))
        and (metro_code = \(metro.code) or code = any (\(metro.cities)::bpchar[]))
      """)
    try await countEdition()
    try await record(.metro, metro.code, to: "set", note: metro.cities.joined(separator: ", "))
  }
}
