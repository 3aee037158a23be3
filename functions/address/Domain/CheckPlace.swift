extension PlaceVerdict {
  /// Finds out what a place is and whether it can be. The same place and facts always give the same verdict.
  init(_ written: WrittenPlace, _ facts: RegionFacts) {
    var check = PlaceCheck(written: written, facts: facts)
    check.run()
    self.init(
      confidence: check.confidence, place: check.place, blocking: Finding.allCases.filter(check.blocking.contains),
      warnings: check.warnings, suggestions: check.suggestions)
  }
}

/// From the province down to the postal code; what is not found at one level leaves those below it open.
private struct PlaceCheck {
  let written: WrittenPlace
  let facts: RegionFacts
  var place = KnownPlace()
  var blocking: Set<Finding> = []
  var warnings: [Warning] = []
  var suggestions: [Suggestion] = []

  init(written: WrittenPlace, facts: RegionFacts) {
    self.written = written
    self.facts = facts
  }

  mutating func run() {
    findProvince()
    findCity()
    findDistrict()
    checkPostalCode()
    if written.point?.isInIndonesia == false { blocking.insert(.outsideIndonesia) }
  }

  private mutating func findProvince() {
    guard written.provinceCode != nil || written.provinceName != nil else { return }
    let best = facts.provinces.best
    guard let province = best.first, best.count == 1 else {
      blocking.insert(.unknownProvince)
      suggestions += facts.provinces.suggestions(.province)
      return
    }
    place.provinceCode = province.code
    place.provinceName = province.name
  }

  private mutating func findCity() {
    let near = facts.cities.filter { [nil, $0.provinceCode].contains(place.provinceCode) }
    switch CityChoice(written, facts, among: near.best) {
    case .one(let city):
      place.cityCode = city.code
      place.cityName = city.name
      if !blocking.contains(.unknownProvince) {
        place.provinceCode = city.provinceCode
        place.provinceName = city.provinceName
      }
    case .several(let cities):
      blocking.insert(.ambiguousCity)
      suggestions += cities.map { Suggestion(level: .city, code: $0.code, name: $0.name, score: 1) }
    case .none:
      blocking.insert(.cityNotInProvince)
      suggestions += (near.isEmpty ? facts.cities : near).suggestions(.city)
    }
  }

  private mutating func findDistrict() {
    guard written.districtCode != nil || written.districtName != nil else { return warnings.append(.districtMissing) }
    guard let city = place.cityCode else { return }
    let near = facts.districts.filter { $0.cityCode == city }
    if let district = near.best.first {
      place.districtCode = district.code
      place.districtName = district.name
    } else if written.districtCode != nil {
      blocking.insert(.districtNotInCity)
    } else {
      warnings.append(.districtUnmatched)
      suggestions += near.suggestions(.district)
    }
  }

  private mutating func checkPostalCode() {
    guard let code = written.postalCode, PostalCode.isWellFormed(code) else {
      blocking.insert(.invalidPostalCode)
      return
    }
    place.postalCode = code
    guard let city = place.cityCode else { return }
    guard facts.prefixCities.contains(city) else {
      blocking.insert(.postalCodeNotInCity)
      return
    }
    if facts.postalDistricts.isEmpty {
      warnings.append(.postalCodeUnknown)
    } else if let district = place.districtCode, !facts.postalDistricts.contains(district) {
      warnings.append(.postalCodeDistrictMismatch)
    }
  }

  var confidence: Int {
    var confidence = 100
    if place.districtCode == nil { confidence -= 25 }
    if warnings.contains(.postalCodeDistrictMismatch) { confidence -= 15 }
    if warnings.contains(.postalCodeUnknown) { confidence -= 10 }
    if !written.street.hasDigit { confidence -= 10 }
    if written.street.isShort { confidence -= 5 }
    return confidence
  }
}
