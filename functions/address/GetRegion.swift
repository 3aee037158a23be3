import FunctionKit

/// A region of any level with all that it lies in; inactive ones too, because old addresses name them.
struct GetRegion: Endpoint {
  struct Input: Decodable {
    var code: String
  }

  struct Region: Codable, Sendable {
    var level: RegionLevel
    var code: String
    var name: String
    var province: Province
    var city: City?
    var district: District?
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<Region> {
    guard let code = RegionCode(input.code) else { throw Problem.notFound("region") }
    let province: Province? = try await context.db.first(
      "select \(Province.columns) from province where code = \(code.province)")
    let city: City? = try await context.db.first("select \(City.columns) from city where code = \(code.city)")
    let district: District? = try await context.db.first(
      "select \(District.columns) from district where code = \(code.district)")
    let own: String? =
      switch code.level {
      case .province: province?.name
      case .city: city?.fullName
      case .district: district?.name
      }
    guard let province, let own else { throw Problem.notFound("region") }
    return cachedForADay(
      Region(level: code.level, code: code.text, name: own, province: province, city: city, district: district))
  }
}
