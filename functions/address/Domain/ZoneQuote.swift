import FunctionKit

/// Two places that a parcel goes between.
struct ZoneQuestion: Decodable, Sendable {
  var origin: Place
  var destination: Place

  var namesAddress: Bool { origin.addressId != nil || destination.addressId != nil }

  /// A city by its code, by a saved address, or by a postal code that serves no other.
  struct Place: Decodable, Limited, Sendable {
    var cityCode: String?
    var addressId: ID?
    var postalCode: String?

    static let limits: [String: FieldLimit] = ["postalCode": PostalCode.limit]
  }
}

struct ZoneQuote: Codable, Sendable {
  var zone: String
  var rank: Int
  var name: String
  var etaMinDays: Int
  var etaMaxDays: Int
  /// Whether either end is remote, whatever the zone: couriers may add a surcharge.
  var isRemote: Bool
  var sameCity: Bool
  var metro: String?
  var distanceKm: Int?

  init(_ origin: ZonedCity, _ destination: ZonedCity, in zone: ShippingZone) {
    self.zone = zone.code
    rank = zone.rank
    name = zone.name
    etaMinDays = zone.etaMinDays
    etaMaxDays = zone.etaMaxDays
    isRemote = origin.isRemote || destination.isRemote
    sameCity = origin.code == destination.code
    metro = sharedMetro(origin, destination)
    distanceKm = AddressFunctions.distanceKm(origin, destination)
  }
}

extension ZoneQuote {
  /// Answers a question.
  /// - Parameter user: whose saved addresses it may name; nil for anybody's.
  static func answer(_ question: ZoneQuestion, for user: ID?, from db: Database) async throws -> ZoneQuote {
    let origin = try await ZonedCity.find(question.origin, of: user, field: "origin", in: db)
    let destination = try await ZonedCity.find(question.destination, of: user, field: "destination", in: db)
    let code = AddressFunctions.zone(origin, destination).rawValue
    let zone: ShippingZone = try await db.one(
      "select \(ShippingZone.columns) from shipping_zone where code = \(code)")
    return ZoneQuote(origin, destination, in: zone)
  }
}
