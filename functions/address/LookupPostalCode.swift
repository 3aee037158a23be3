import FunctionKit

/// Every place that a postal code serves; often more than one.
struct LookupPostalCode: Endpoint {
  struct Input: Decodable, Limited {
    var code: String

    static let limits: [String: FieldLimit] = ["code": PostalCode.limit]
  }

  struct Places: Codable, Sendable {
    var postalCode: String
    var places: Ready<[Place]>

    /// One row, by its primary key.
    static func select(_ code: PostalCode) -> SQL {
      "select postal_code, places from postal_place where postal_code = \(code.text)"
    }
  }

  struct Place: Codable, Sendable {
    var district: Named
    var city: Named
    var province: Named
  }

  struct Named: Codable, Sendable {
    var code: String
    var name: String
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<Places> {
    let code = try PostalCode(input.code)
    let places: Places? = try await context.db.first(Places.select(code))
    guard let places else {
      throw Problem(404, "unknown_postal_code", "The postal code \(code.text) is not in the list.")
    }
    return cachedForADay(places)
  }
}
