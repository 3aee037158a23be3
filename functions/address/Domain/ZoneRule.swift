/// What the zone of two cities depends on.
struct ZonedCity: Decodable, Sendable, Hashable {
  var code: String
  var fullName: String
  var provinceCode: String
  var islandGroup: IslandGroup
  var metroCode: String?
  var isRemote: Bool
  var latitude: Double?
  var longitude: Double?
}

enum ZoneCode: String, Sendable {
  case local = "Z1"
  case province = "Z2"
  case island = "Z3"
  case interIsland = "Z4"
  case remote = "Z5"
}

/// The first rule that fits two cities; the order of the two makes no difference.
func zone(_ a: ZonedCity, _ b: ZonedCity) -> ZoneCode {
  if a.code == b.code || sharedMetro(a, b) != nil { return .local }
  if a.provinceCode == b.provinceCode { return .province }
  if a.isRemote || b.isRemote { return .remote }
  return a.islandGroup == b.islandGroup ? .island : .interIsland
}

/// The metropolitan area that both cities belong to.
func sharedMetro(_ a: ZonedCity, _ b: ZonedCity) -> String? { a.metroCode == b.metroCode ? a.metroCode : nil }
