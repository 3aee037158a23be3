import FunctionKit

/// A province as clients see it.
struct Province: Codable, Sendable {
  var code: String
  var name: String
  var islandGroup: IslandGroup
  /// Whether parcels take markedly longer, wherever they come from.
  var isRemote: Bool
  var latitude: Double?
  var longitude: Double?
  var isActive: Bool

  static let columns: SQL = "code, name, island_group, is_remote, latitude, longitude, is_active"
}

/// Islands between which parcels go by sea or air.
enum IslandGroup: String, Codable, Sendable, CaseIterable {
  case sumatra, java, kalimantan, sulawesi, maluku, papua
  case baliNusa = "bali_nusa"
}
