import FunctionKit

extension Work {
  /// - Returns: the address as it is now; as it was, when the form says nothing new.
  func change(_ address: SavedAddress, to form: AddressForm, in book: [SavedAddress]) async throws -> SavedAddress {
    var changed = address
    let checked = try await check(form, of: address)
    var fields = checked.content.changes(since: address.content)
    if !fields.isEmpty { changed = try await update(address.id, to: checked) }
    if form.isDefault == true, !address.isDefault {
      changed = try await makeDefault(address.id, in: book)
      fields.append("isDefault")
    }
    guard !fields.isEmpty else { return address }
    try await record(.address, address.id.description, to: "live", note: fields.joined(separator: ", "))
    try await emit(AddressUpdated(changed, changed: fields))
    return changed
  }

  /// Where it is gets checked only when the form names a part of that.
  private func check(_ form: AddressForm, of address: SavedAddress) async throws -> CheckedAddress {
    var content = address.content
    try content.take(form)
    guard form.namesPlace else {
      return CheckedAddress(content: content)
    }
    let place = form.place(before: address.content)
    let facts = try await db.facts(of: place)
    let verdict = PlaceVerdict(place, facts)
    try verdict.mustBePossible()
    content.move(to: verdict.place, written: form)
    return CheckedAddress(content: content, check: CheckedAddress.Check(verdict, facts))
  }

  private func update(_ id: ID, to address: CheckedAddress) async throws -> SavedAddress {
    let content = address.content
    return try await db.one(
      """
      update address set label = \(content.label), recipient_name = \(content.recipientName), phone = \(content.phone),
        alternate_phone = \(content.alternatePhone), street_address = \(content.streetAddress),
        address_line2 = \(content.addressLine2), rt = \(content.rt), rw = \(content.rw),
        village_name = \(content.villageName), district_code = \(content.districtCode),
        district_name = \(content.districtName), city_code = \(content.cityCode), city_name = \(content.cityName),
        province_code = \(content.provinceCode), province_name = \(content.provinceName),
        postal_code = \(content.postalCode), latitude = \(content.latitude), longitude = \(content.longitude),
        geo_accuracy = \(content.geoAccuracy), biteship_area_id = \(content.biteshipAreaId),
        delivery_notes = \(content.deliveryNotes), landmark = \(content.landmark),
        confidence = coalesce(\(address.check?.confidence), confidence),
        warnings = coalesce(\(address.check?.warnings), warnings),
        dataset_version = coalesce(\(address.check?.datasetVersion), dataset_version),
        is_validated = is_validated or \(address.check != nil),
        validated_at = case when \(address.check != nil) then \(now) else validated_at end,
        version = version + 1, updated_at = \(now)
      where id = \(id) returning \(SavedAddress.columns)
      """)
  }
}
