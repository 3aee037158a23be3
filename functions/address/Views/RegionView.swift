import FunctionKit

/// A region of any level with all that it lies in.
struct RegionView: Codable, Sendable {
  var level: RegionLevel
  var code: String
  var name: String
  var province: Province
  var city: City?
  var district: District?

  /// - Throws: ``Problem`` 404.
  static func find(_ text: String, in db: Database) async throws -> RegionView {
    guard let code = RegionCode(text) else { throw Problem.notFound("region") }
    let province: Province? = try await db.first(
      "select \(Province.columns) from province where code = \(code.province)")
    let city: City? = try await db.first("select \(City.columns) from city where code = \(code.city)")
    let district: District? = try await db.first(
      "select \(District.columns) from district where code = \(code.district)")
    let own: String? =
      switch code.level {
      case .province: province?.name
      case .city: city?.fullName
      case .district: district?.name
      }
    guard let province, let own else { throw Problem.notFound("region") }
    return RegionView(
      level: code.level, code: code.text, name: own, province: province, city: city, district: district)
  }
}
