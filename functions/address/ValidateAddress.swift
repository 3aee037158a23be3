import FunctionKit

/// Tells whether there is such an address, and what it is called by the codes. The same question has the same answer for
/// as long as the dataset of regions is the same.
struct ValidateAddress: Endpoint {
  struct Input: Decodable, Limited {
    var phone: String?
    var streetAddress: String?
    var provinceCode: String?
    var provinceName: String?
    var cityCode: String?
    var cityName: String?
    var cityType: CityType?
    var districtCode: String?
    var districtName: String?
    var postalCode: String?
    var latitude: Double?
    var longitude: Double?

    static let limits = AddressForm.limits.filter {
      ["phone", "streetAddress", "provinceName", "cityName", "districtName"].contains($0.key)
    }
  }

  func handle(_ input: Input, context: Context) async throws -> PlaceAnswer {
    let form = AddressForm(input).trimmed
    var validation = Validation()
    form.check(&validation)
    form.requireCity(&validation)
    try validation.finish()
    let place = form.place()
    if let known = try await known(place, context) { return PlaceAnswer(known, spelledPhone: form.phone) }
    return try await PlaceAnswer(found(place, context), spelledPhone: form.phone)
  }

  private func known(_ place: WrittenPlace, _ context: Context) async throws -> PlaceVerdict? {
    let entry: ValidationCache.Entry? = try await context.db.first(ValidationCache.find(place, at: context.now))
    return entry?.result
  }

  private func found(_ place: WrittenPlace, _ context: Context) async throws -> PlaceVerdict {
    let facts = try await context.db.facts(of: place)
    let verdict = PlaceVerdict(place, facts)
    try await context.transaction { tx in
      try await tx.db.run(ValidationCache.keep(verdict, of: place, facts, at: context.now))
    }
    return verdict
  }
}

extension AddressForm {
  fileprivate init(_ input: ValidateAddress.Input) {
    self.init(
      phone: input.phone, streetAddress: input.streetAddress, districtCode: input.districtCode,
      districtName: input.districtName, cityCode: input.cityCode, cityName: input.cityName, cityType: input.cityType,
      provinceCode: input.provinceCode, provinceName: input.provinceName, postalCode: input.postalCode,
      latitude: input.latitude, longitude: input.longitude)
  }
}
