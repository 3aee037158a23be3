import FunctionKit

/// An address of somebody's book, as its user, and a service that asks for it, sees it.
struct SavedAddress: Codable, Sendable {
  var id: ID
  var userId: ID
  var label: String?
  var recipientName: String
  /// E.164: `+6281234567890`.
  var phone: String
  var alternatePhone: String?
  var streetAddress: String
  var addressLine2: String?
  var rt: String?
  var rw: String?
  var villageName: String?
  var districtCode: String?
  /// As it was typed, when `districtCode` is null.
  var districtName: String?
  var cityCode: String
  /// With its type: `Kota Bandung`.
  var cityName: String
  var provinceCode: String
  var provinceName: String
  var postalCode: String
  var countryCode: String
  var latitude: Double?
  var longitude: Double?
  var geoAccuracy: GeoAccuracy?
  var biteshipAreaId: String?
  var isDefault: Bool
  var isValidated: Bool
  var validatedAt: Instant?
  /// 0 to 100.
  var confidence: Int?
  var warnings: [String]
  var deliveryNotes: String?
  var landmark: String?
  var lastUsedAt: Instant?
  /// In how many orders.
  var useCount: Int
  var version: Int
  var createdAt: Instant
  var updatedAt: Instant

  static let columns: SQL = """
    id, user_id, label, recipient_name, phone, alternate_phone, street_address, address_line2, rt, rw, village_name,
    district_code, district_name, city_code, city_name, province_code, province_name, postal_code, country_code,
    latitude, longitude, geo_accuracy, biteship_area_id, is_default, is_validated, validated_at, confidence, warnings,
    delivery_notes, landmark, last_used_at, use_count, version, created_at, updated_at
    """

  var content: AddressContent {
    AddressContent(
      label: label, recipientName: recipientName, phone: phone, alternatePhone: alternatePhone,
      streetAddress: streetAddress, addressLine2: addressLine2, rt: rt, rw: rw, villageName: villageName,
      districtCode: districtCode, districtName: districtName, cityCode: cityCode, cityName: cityName,
      provinceCode: provinceCode, provinceName: provinceName, postalCode: postalCode, latitude: latitude,
      longitude: longitude, geoAccuracy: geoAccuracy, biteshipAreaId: biteshipAreaId, deliveryNotes: deliveryNotes,
      landmark: landmark)
  }
}
