import FunctionKit

extension ZonedCity {
  /// - Throws: ``Problem`` 422 `unknown_place` or `ambiguous_postal_code`, the latter with the cities to choose from.
  static func find(
    _ place: ZoneQuestion.Place, of user: ID?, field: String, in db: Database
  ) async throws -> ZonedCity {
    let cities: [ZonedCity] = try await db.all(select(place, of: user))
    guard let city = cities.first else { throw unknown(field) }
    guard cities.count == 1 else { throw ambiguous(cities, field) }
    return city
  }

  /// A city is remote with its province, or when each of its districts is.
  static func select(_ place: ZoneQuestion.Place, of user: ID?) throws -> SQL {
    """
    select city.code, city.full_name, province_code, island_group, metro_code, city.latitude, city.longitude,
      province.is_remote or coalesce(
        (select bool_and(is_remote) from district where city_code = city.code and is_active), false) as is_remote
    from city join province on province.code = province_code
    where \(try condition(place, of: user)) order by city.code
    """
  }

  private static func condition(_ place: ZoneQuestion.Place, of user: ID?) throws -> SQL {
    if let code = place.cityCode { return "city.code = \(code)" }
    if let address = place.addressId {
      return """
        city.code = (
          select city_code from address
          where id = \(address) and deleted_at is null and user_id = coalesce(\(user), user_id))
        """
    }
    let postalCode = try place.postalCode.map { try PostalCode($0).text }
    return """
      city.code in (
        select city_code from postal_code join district on district.code = district_code
        where postal_code = \(postalCode) and postal_code.is_active)
      """
  }

  private static func unknown(_ field: String) -> Problem {
    Problem(
      422, "unknown_place", "There is no such place; give the cityCode, the addressId or the postalCode of one.",
      details: [FieldError(field: field, message: "is not a known place", code: "unknown_place")])
  }

  private static func ambiguous(_ cities: [ZonedCity], _ field: String) -> Problem {
    Problem(
      422, "ambiguous_postal_code", "The postal code serves several cities; give the cityCode of one.",
      details: cities.map {
        FieldError(field: "\(field).cityCode", message: "may be \($0.code), \($0.fullName)", code: $0.code)
      })
  }
}
