import FunctionKit

/// How far apart two places count as being, and how many days a parcel takes.
struct ShippingZone: Codable, Sendable {
  var code: String
  var rank: Int
  var name: String
  var etaMinDays: Int
  var etaMaxDays: Int

  static let columns: SQL = "code, rank, name, eta_min_d as eta_min_days, eta_max_d as eta_max_days"
}
