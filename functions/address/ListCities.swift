import FunctionKit

/// A province's cities and regencies by name.
struct ListCities: Endpoint {
  struct Input: Decodable, Limited {
    /// The province's.
    var code: String
    var q: String?
    var type: CityType?

    static let limits: [String: FieldLimit] = ["q": .text(nameLength)]
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<[City]> {
    try checkNamePart(input.q)
    let exists: Bool = try await context.db.one("select exists (select from province where code = \(input.code))")
    guard exists else { throw Problem.notFound("province") }
    return try await context.cachedForADay(
      context.db.all(
        """
        select \(City.columns) from city
        where province_code = \(input.code) and is_active
          and (\(input.type)::text is null or type = \(input.type))
          and (\(input.q)::text is null or folded_name like '%' || folded_name(\(input.q)) || '%')
        order by name, type
        """))
  }
}
