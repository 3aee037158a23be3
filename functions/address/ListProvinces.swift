import FunctionKit

/// All provinces by name; `q` keeps those whose name holds it.
struct ListProvinces: Endpoint {
  struct Input: Decodable, Limited {
    var q: String?

    static let limits: [String: FieldLimit] = ["q": .text(nameLength)]
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<[Province]> {
    try checkNamePart(input.q)
    return try await context.cachedForADay(
      context.db.all(
        """
        select \(Province.columns) from province
        where is_active and (\(input.q)::text is null or folded_name like '%' || folded_name(\(input.q)) || '%')
        order by name
        """))
  }
}
