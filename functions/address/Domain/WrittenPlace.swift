/// Where an address is, as somebody writes it. A code counts more than the name beside it.
struct WrittenPlace: Sendable, Hashable {
  var provinceCode: String?
  var provinceName: String?
  var cityCode: String?
  var cityName: String?
  var cityType: CityType?
  var districtCode: String?
  var districtName: String?
  var postalCode: String?
  var point: Point?
  var street: StreetTraits

  struct Point: Sendable, Hashable {
    var latitude: Double
    var longitude: Double

    /// 11° south to 6° north, 95° to 141° east.
    var isInIndonesia: Bool { (-11...6).contains(latitude) && (95...141).contains(longitude) }
  }

  /// The kind of city that the name itself tells, as in "Kab. Bandung".
  var toldType: CityType? {
    switch cityName?.lowercased().split(whereSeparator: { !$0.isLetter }).first {
    case "kota": .kota
    case "kab", "kabupaten": .kabupaten
    default: nil
    }
  }
}

/// All that a street tells about how certain an address is.
struct StreetTraits: Sendable, Hashable {
  var hasDigit: Bool
  var isShort: Bool

  init(_ street: String) {
    hasDigit = street.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    isShort = street.count < 10
  }
}
