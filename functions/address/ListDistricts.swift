import FunctionKit

/// A city's districts by name.
struct ListDistricts: Endpoint {
  struct Input: Decodable, Limited {
    /// The city's.
    var code: String
    var q: String?

    static let limits: [String: FieldLimit] = ["q": .text(nameLength)]
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<[District]> {
    try checkNamePart(input.q)
    let exists: Bool = try await context.db.one("select exists (select from city where code = \(input.code))")
    guard exists else { throw Problem.notFound("city") }
    return try await context.cachedForADay(
      context.db.all(
        """
        select \(District.columns) from district
        where city_code = \(input.code) and is_active
          and (\(input.q)::text is null or folded_name like '%' || folded_name(\(input.q)) || '%')
        order by name
        """))
  }
}
