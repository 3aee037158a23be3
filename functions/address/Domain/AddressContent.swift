import FunctionKit

/// What an address says: everything that its user decides, and what the check made of it.
struct AddressContent: Decodable, Sendable, Equatable {
  var label: String?
  var recipientName: String
  var phone: String
  var alternatePhone: String?
  var streetAddress: String
  var addressLine2: String?
  var rt: String?
  var rw: String?
  var villageName: String?
  var districtCode: String?
  var districtName: String?
  var cityCode: String
  var cityName: String
  var provinceCode: String
  var provinceName: String
  var postalCode: String
  var latitude: Double?
  var longitude: Double?
  var geoAccuracy: GeoAccuracy?
  /// A courier's own name for the place, which does not outlive a move.
  var biteshipAreaId: String?
  var deliveryNotes: String?
  var landmark: String?

  var point: WrittenPlace.Point? {
    guard let latitude, let longitude else { return nil }
    return WrittenPlace.Point(latitude: latitude, longitude: longitude)
  }
}

/// How well a point tells the door.
enum GeoAccuracy: String, Codable, Sendable, CaseIterable, SQLValue {
  /// The user has set it.
  case exact
  /// A courier's idea of the area.
  case approximate
  case city
}

extension AddressContent {
  /// The fields by which two differ, as clients name them.
  func changes(since old: AddressContent) -> [String] {
    Self.texts.filter { self[keyPath: $0.path] != old[keyPath: $0.path] }.map(\.name)
      + Self.needed.filter { self[keyPath: $0.path] != old[keyPath: $0.path] }.map(\.name)
      + (point == old.point ? [] : ["latitude", "longitude"])
  }

  private static let needed: [(name: String, path: any KeyPath<AddressContent, String> & Sendable)] = [
    ("recipientName", \.recipientName), ("phone", \.phone), ("streetAddress", \.streetAddress),
    ("cityCode", \.cityCode), ("cityName", \.cityName), ("provinceCode", \.provinceCode),
    ("provinceName", \.provinceName), ("postalCode", \.postalCode),
  ]
  private static let texts: [(name: String, path: any KeyPath<AddressContent, String?> & Sendable)] = [
    ("label", \.label), ("alternatePhone", \.alternatePhone), ("addressLine2", \.addressLine2), ("rt", \.rt),
    ("rw", \.rw), ("villageName", \.villageName), ("districtCode", \.districtCode), ("districtName", \.districtName),
    ("deliveryNotes", \.deliveryNotes), ("landmark", \.landmark),
  ]
}
