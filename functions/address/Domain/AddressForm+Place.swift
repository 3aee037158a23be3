extension AddressForm {
  /// The place that is written in it; of an address that is changed, what the form leaves out is as before.
  func place(before: AddressContent? = nil) -> WrittenPlace {
    let street = streetAddress ?? before?.streetAddress ?? ""
    var place = WrittenPlace(street: StreetTraits(street))
    place.postalCode = postalCode ?? before?.postalCode
    place.point = point ?? before?.point
    write(province: before, into: &place)
    write(city: before, into: &place)
    write(district: before, into: &place)
    return place
  }

  /// Nil when the form names none.
  var point: WrittenPlace.Point? {
    guard let latitude, let longitude else { return nil }
    return WrittenPlace.Point(latitude: latitude, longitude: longitude)
  }

  /// Of a city that is new and a province that is not told, the city tells the province.
  private func write(province before: AddressContent?, into place: inout WrittenPlace) {
    if let code = told(provinceCode) {
      place.provinceCode = code
    } else if let name = told(provinceName) {
      place.provinceName = name
    } else if !namesOther(than: before) {
      place.provinceCode = before?.provinceCode
    }
  }

  private func write(city before: AddressContent?, into place: inout WrittenPlace) {
    if let code = told(cityCode) {
      place.cityCode = code
    } else if let name = told(cityName) {
      (place.cityName, place.cityType) = (name, cityType)
    } else {
      place.cityCode = before?.cityCode
    }
  }

  /// The district of another city is none of this one.
  private func write(district before: AddressContent?, into place: inout WrittenPlace) {
    if let code = told(districtCode) {
      place.districtCode = code
    } else if let name = told(districtName) {
      place.districtName = name
    } else if districtCode == nil && districtName == nil && !namesOther(than: before) {
      place.districtCode = before?.districtCode
      place.districtName = before?.districtCode == nil ? before?.districtName : nil
    }
  }

  /// Whether it names a city, and not by the words of before.
  private func namesOther(than before: AddressContent?) -> Bool {
    if let code = told(cityCode) { return code != before?.cityCode }
    return told(cityName).map { $0 != before?.cityName } ?? false
  }
}

/// Nil for nothing, be it left out or empty.
func told(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
