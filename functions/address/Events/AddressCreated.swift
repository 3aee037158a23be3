import FunctionKit

/// Somebody has a new address. Who and which door, it does not tell.
struct AddressCreated: Event {
  static let type = "address.created"

  var addressId: ID
  var userId: ID
  var label: String?
  var cityCode: String
  var cityName: String
  var provinceCode: String
  var provinceName: String
  var districtCode: String?
  var postalCode: String
  var isDefault: Bool
  var createdAt: Instant

  var subject: String { addressId.description }

  init(_ address: SavedAddress) {
    addressId = address.id
    userId = address.userId
    label = address.label
    cityCode = address.cityCode
    cityName = address.cityName
    provinceCode = address.provinceCode
    provinceName = address.provinceName
    districtCode = address.districtCode
    postalCode = address.postalCode
    isDefault = address.isDefault
    createdAt = address.createdAt
  }
}
