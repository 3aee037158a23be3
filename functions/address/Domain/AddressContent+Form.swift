import FunctionKit

extension AddressContent {
  /// What a form says of a place that was found.
  /// - Throws: ``Problem`` 422 `invalid_phone`.
  init(_ form: AddressForm, at place: KnownPlace) throws {
    self.init(
      recipientName: form.recipientName ?? "", phone: "", streetAddress: form.streetAddress ?? "", cityCode: "",
      cityName: "", provinceCode: "", provinceName: "", postalCode: "")
    try take(form)
    move(to: place, written: form)
  }

  /// Takes over what the form names and that is no place. An empty text takes away what there was.
  /// - Throws: ``Problem`` 422 `invalid_phone`.
  mutating func take(_ form: AddressForm) throws {
    label = kept(label, form.label)
    recipientName = form.recipientName ?? recipientName
    if let spelled = form.phone { phone = try number(spelled, "phone") }
    if let spelled = form.alternatePhone {
      alternatePhone = spelled.isEmpty ? nil : try number(spelled, "alternatePhone")
    }
    streetAddress = form.streetAddress ?? streetAddress
    addressLine2 = kept(addressLine2, form.addressLine2)
    rt = kept(rt, form.rt.map(withoutZeros))
    rw = kept(rw, form.rw.map(withoutZeros))
    villageName = kept(villageName, form.villageName)
    deliveryNotes = kept(deliveryNotes, form.deliveryNotes)
    landmark = kept(landmark, form.landmark)
    if let point = form.point { (latitude, longitude, geoAccuracy) = (point.latitude, point.longitude, .exact) }
  }

  /// A district that nobody knows stays as it was typed: it may help the courier.
  mutating func move(to place: KnownPlace, written form: AddressForm) {
    let before = self
    let typed = form.place(before: before).districtName
    districtCode = place.districtCode
    districtName = place.districtName ?? typed
    cityCode = place.cityCode ?? cityCode
    cityName = place.cityName ?? cityName
    provinceCode = place.provinceCode ?? provinceCode
    provinceName = place.provinceName ?? provinceName
    postalCode = place.postalCode ?? postalCode
    if isElsewhere(than: before) {
      biteshipAreaId = nil
      if form.point == nil { (latitude, longitude, geoAccuracy) = (nil, nil, nil) }
    }
  }

  private func isElsewhere(than before: AddressContent) -> Bool {
    (cityCode, districtCode, districtName, postalCode)
      != (before.cityCode, before.districtCode, before.districtName, before.postalCode)
  }
}

private func kept(_ old: String?, _ new: String?) -> String? { new == nil ? old : told(new) }

private func withoutZeros(_ unit: String) -> String {
  let digits = unit.drop { $0 == "0" }
  return digits.isEmpty && !unit.isEmpty ? "0" : String(digits)
}

private func number(_ spelled: String, _ field: String) throws -> String {
  guard let phone = Phone(spelled) else {
    throw Problem(
      422, Finding.invalidPhone.rawValue, "This is no phone number of Indonesia; write one such as 0812-3456-7890.",
      details: [
        FieldError(field: field, message: Finding.invalidPhone.message, code: Finding.invalidPhone.rawValue)
      ])
  }
  return phone.text
}
