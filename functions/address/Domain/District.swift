import FunctionKit

/// A district (kecamatan) as clients see it; its name is unique inside its city only.
struct District: Codable, Sendable {
  var code: String
  var cityCode: String
  var name: String
  var isRemote: Bool
  var isActive: Bool

  static let columns: SQL = "code, city_code, name, is_remote, is_active"
}
