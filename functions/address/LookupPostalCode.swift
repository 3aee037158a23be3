import FunctionKit

/// Every place that a postal code serves; often more than one.
struct LookupPostalCode: Endpoint {
  struct Input: Decodable, Limited {
    var code: String

    static let limits: [String: FieldLimit] = ["code": PostalCode.limit]
  }

  struct Places: Codable, Sendable {
    var postalCode: String
    var places: [Place]
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
    let places: [PlaceRow] = try await context.db.all(
      """
      select district.code as district_code, district.name as district_name, city.code as city_code,
        city.full_name as city_name, province.code as province_code, province.name as province_name
      from postal_code join district on district.code = district_code
        join city on city.code = city_code join province on province.code = province_code
      where postal_code = \(code.text) and postal_code.is_active order by district.code
      """)
    guard !places.isEmpty else {
      throw Problem(404, "unknown_postal_code", "The postal code \(code.text) is not in the list.")
    }
    return cachedForADay(Places(postalCode: code.text, places: places.map(\.place)))
  }

  private struct PlaceRow: Decodable {
    var districtCode, districtName, cityCode, cityName, provinceCode, provinceName: String

    var place: Place {
      Place(
        district: Named(code: districtCode, name: districtName), city: Named(code: cityCode, name: cityName),
        province: Named(code: provinceCode, name: provinceName))
    }
  }
}
