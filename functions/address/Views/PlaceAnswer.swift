import FunctionKit

/// What is known of a place that somebody asked about.
struct PlaceAnswer: Codable, Sendable {
  /// Nothing is blocking.
  var isValid: Bool
  /// 0 to 100.
  var confidence: Int
  var normalized: Normalized
  var blocking: [Finding]
  var warnings: [Warning]
  /// Best first, five of a level at most.
  var suggestions: [Suggestion]

  /// As far as it was found.
  struct Normalized: Codable, Sendable {
    var provinceCode: String?
    var provinceName: String?
    var cityCode: String?
    var cityName: String?
    var districtCode: String?
    var districtName: String?
    var postalCode: String?
    /// E.164; null when none was asked about, or it is none.
    var phone: String?
  }

  init(_ verdict: PlaceVerdict, spelledPhone: String?) {
    let phone = told(spelledPhone).flatMap { Phone($0)?.text }
    let isWrongPhone = told(spelledPhone) != nil && phone == nil
    let place = verdict.place
    blocking = (isWrongPhone ? [.invalidPhone] : []) + verdict.blocking
    isValid = blocking.isEmpty
    confidence = verdict.confidence
    normalized = Normalized(
      provinceCode: place.provinceCode, provinceName: place.provinceName, cityCode: place.cityCode,
      cityName: place.cityName, districtCode: place.districtCode, districtName: place.districtName,
      postalCode: place.postalCode, phone: phone)
    warnings = verdict.warnings
    suggestions = verdict.suggestions
  }
}
