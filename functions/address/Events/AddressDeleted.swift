import FunctionKit

/// An address is no longer used.
struct AddressDeleted: Event {
  static let type = "address.deleted"

  var addressId: ID
  var userId: ID
  var wasDefault: Bool
  /// The one that became the default in its place.
  var newDefaultId: ID?
  var deletedAt: Instant

  var subject: String { addressId.description }

  init(_ address: SavedAddress, newDefault: ID? = nil, at time: Instant) {
    addressId = address.id
    userId = address.userId
    wasDefault = address.isDefault
    newDefaultId = newDefault
    deletedAt = time
  }
}
