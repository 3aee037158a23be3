import FunctionKit

/// An address says something else, or is the default now, or no longer.
struct AddressUpdated: Event {
  static let type = "address.updated"

  var addressId: ID
  var userId: ID
  /// As clients name them; never what stands in them.
  var changedFields: [String]
  var cityCode: String
  var provinceCode: String
  var postalCode: String
  var isDefault: Bool
  var version: Int
  var updatedAt: Instant

  var subject: String { addressId.description }

  init(_ address: SavedAddress, changed fields: [String]) {
    addressId = address.id
    userId = address.userId
    changedFields = fields
    cityCode = address.cityCode
    provinceCode = address.provinceCode
    postalCode = address.postalCode
    isDefault = address.isDefault
    version = address.version
    updatedAt = address.updatedAt
  }
}
