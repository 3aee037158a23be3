import FunctionKit

/// A city (kota) or regency (kabupaten) as clients see it.
struct City: Codable, Sendable {
  var code: String
  var provinceCode: String
  var type: CityType
  var name: String
  /// The name with its type, which is what tells the 26 pairs of one name apart.
  var fullName: String
  var latitude: Double?
  var longitude: Double?
  var metroCode: String?
  var isActive: Bool

  static let columns: SQL = """
    code, province_code, type, name, full_name, latitude, longitude, metro_code, is_active
    """
}

enum CityType: String, Codable, Sendable, CaseIterable, SQLValue {
  case kota, kabupaten
}
