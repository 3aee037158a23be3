import FunctionKit

extension Work {
  private static let most = 20

  /// - Throws: ``Problem`` 409 `too_many_addresses`.
  func insert(_ address: CheckedAddress, isDefault: Bool, of user: ID) async throws -> SavedAddress {
    let book = try await lockBook(of: user)
    guard book.count < Self.most else {
      throw Problem(
        409, "too_many_addresses", "There are \(Self.most) addresses already; delete one that you need no more.")
    }
    let id = context.newID()
    try await insert(address, id, of: user)
    let made =
      book.isEmpty || isDefault
      ? try await makeDefault(id, in: book) : try await db.address(id, of: user)
    try await record(.address, id.description, to: "live")
    try await emit(AddressCreated(made))
    return made
  }

  private func insert(_ address: CheckedAddress, _ id: ID, of user: ID) async throws {
    let content = address.content
    try await db.run(
      """
      insert into address (id, user_id, label, recipient_name, phone, alternate_phone, street_address, address_line2, rt,
        rw, village_name, district_code, district_name, city_code, city_name, province_code, province_name, postal_code,
        latitude, longitude, geo_accuracy, delivery_notes, landmark, is_validated, validated_at, confidence, warnings,
        dataset_version, created_at, updated_at)
      values (\(id), \(user), \(content.label), \(content.recipientName), \(content.phone), \(content.alternatePhone),
        \(content.streetAddress), \(content.addressLine2), \(content.rt), \(content.rw), \(content.villageName),
        \(content.districtCode), \(content.districtName), \(content.cityCode), \(content.cityName),
        \(content.provinceCode), \(content.provinceName), \(content.postalCode), \(content.latitude),
        \(content.longitude), \(content.geoAccuracy), \(content.deliveryNotes), \(content.landmark), true, \(now),
        \(address.check?.confidence), \(address.check?.warnings), \(address.check?.datasetVersion), \(now), \(now))
      """)
  }
}
