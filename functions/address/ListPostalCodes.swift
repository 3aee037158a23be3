import FunctionKit

/// The postal codes of a city or of a district, ascending.
struct ListPostalCodes: Endpoint {
  struct Input: Decodable {
    var cityCode: String?
    var districtCode: String?
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<[String]> {
    try await context.cachedForADay(context.db.all(codes(input)))
  }

  private func codes(_ input: Input) throws -> SQL {
    switch (input.cityCode, input.districtCode) {
    case (nil, nil):
      throw Problem(422, "filter_required", "Give a cityCode or a districtCode; the whole list is too long.")
    case (let city?, nil):
      """
      select distinct postal_code from postal_code
      where is_active and district_code = any (array(select code from district where city_code = \(city)))
      order by postal_code
      """
    case (nil, let district?):
      "select postal_code from postal_code where district_code = \(district) and is_active order by postal_code"
    case (let city?, let district?):
      """
      select postal_code from postal_code join district on district.code = district_code
      where city_code = \(city) and district_code = \(district) and postal_code.is_active order by postal_code
      """
    }
  }
}
