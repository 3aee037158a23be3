import FunctionKit

/// Finds regions by what people call them: the name itself, then other spellings, then names that look alike.
struct SearchRegions: Endpoint {
  struct Input: Decodable, Limited {
    var q: String
    var level: RegionLevel?
    var provinceCode: String?
    var cityCode: String?

    static let limits: [String: FieldLimit] = [
      "q": .text(length), "provinceCode": .pattern("^[0-9]{2}$"), "cityCode": .pattern("^[0-9]{4}$"),
    ]
    static let length = 2...100
  }

  struct Match: Codable, Sendable {
    var code: String
    var level: RegionLevel
    /// `Coblong, Kota Bandung, Jawa Barat`
    var label: String
    /// 0.4 to 1, 1 for the very name.
    var score: Double
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<[Match]> {
    try check(input)
    let name: String = try await context.db.one("select folded_name(\(input.q))")
    return try await context.cachedForADay(context.db.all(matches(of: name, input)))
  }

  private func check(_ input: Input) throws {
    var validation = Validation()
    validation.text(input.q, "q", length: Input.length)
    validation.require(isCode(input.provinceCode, .province), "provinceCode", "must be two digits")
    validation.require(isCode(input.cityCode, .city), "cityCode", "must be four digits")
    try validation.finish()
  }

  private func isCode(_ text: String?, _ level: RegionLevel) -> Bool {
    text.map { RegionCode($0)?.level == level } ?? true
  }

  /// The operators `%` and `<%` are what the index answers; the ranks are exact, alias, alike. Of equally good names
  /// the one whose label is closer to what was typed goes first: "kab. bandung" means the regency, "coblong, bandung"
  /// a district.
  private func matches(of name: String, _ input: Input) -> SQL {
    """
    with found (code, level, rank, score) as (
      select code, level, case when folded_name = \(name) then 0 else 2 end,
        greatest(similarity(folded_name, \(name)), word_similarity(\(name), folded_name))
      from named_region where folded_name % \(name) or \(name) <% folded_name
      union all
      select region.code, region.level, 1, 1
      from region_alias join named_region region using (level, code) where alias = \(name)
    ), best as (
      select code, level, min(rank) as rank, max(score) as score from found
      where score >= 0.4 and (\(input.level)::text is null or level = \(input.level))
        and starts_with(code, coalesce(\(input.provinceCode), ''))
        and starts_with(code, coalesce(\(input.cityCode), ''))
      group by code, level order by rank, score desc, length(code), code limit 10
    ), labelled as (
      select best.*, concat_ws(', ', district.name, city.full_name, province.name) as label
      from best join province on province.code = left(best.code, 2)::bpchar
        left join city on city.code = left(best.code, 4)::bpchar
        left join district on district.code = best.code::bpchar
    )
    select code, level, label, round(score::numeric, 3) as score from labelled
    order by rank, labelled.score desc, case when rank < 2 then length(code) end,
      similarity(label, \(input.q)) desc, length(code), code
    """
  }
}
