/// What came out of checking a place against a dataset.
struct PlaceVerdict: Codable, Sendable, Equatable {
  var confidence: Int
  var place: KnownPlace
  var blocking: [Finding]
  var warnings: [Warning]
  var suggestions: [Suggestion]
}

/// A place as the dataset has it, as far as it was found.
struct KnownPlace: Codable, Sendable, Equatable {
  var provinceCode: String?
  var provinceName: String?
  var cityCode: String?
  /// With its type.
  var cityName: String?
  var districtCode: String?
  var districtName: String?
  var postalCode: String?
}

/// A region that may have been meant.
struct Suggestion: Codable, Sendable, Equatable {
  var level: RegionLevel
  var code: String
  var name: String
  /// 0.4 to 1, how much the names look alike.
  var score: Double
}
