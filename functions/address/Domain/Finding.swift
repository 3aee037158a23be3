import FunctionKit

/// What keeps an address from being accepted, in the order in which it is told.
enum Finding: String, Codable, Sendable, CaseIterable {
  case invalidPhone = "invalid_phone"
  case unknownProvince = "unknown_province"
  case cityNotInProvince = "city_not_in_province"
  case ambiguousCity = "ambiguous_city"
  case districtNotInCity = "district_not_in_city"
  case invalidPostalCode = "invalid_postal_code"
  case postalCodeNotInCity = "postal_code_not_in_city"
  case outsideIndonesia = "outside_indonesia"

  /// The field of the address that it is about.
  var field: String {
    switch self {
    case .invalidPhone: "phone"
    case .unknownProvince: "provinceCode"
    case .cityNotInProvince, .ambiguousCity: "cityCode"
    case .districtNotInCity: "districtCode"
    case .invalidPostalCode, .postalCodeNotInCity: "postalCode"
    case .outsideIndonesia: "latitude"
    }
  }

  var message: String {
    switch self {
    case .invalidPhone: "is no phone number of Indonesia"
    case .unknownProvince: "is no province"
    case .cityNotInProvince: "is no city of the province"
    case .ambiguousCity: "may be several cities; give the cityType or the cityCode of one"
    case .districtNotInCity: "is no district of the city"
    case .invalidPostalCode: "must be five digits, the first not 0"
    case .postalCodeNotInCity: "is a code of another city"
    case .outsideIndonesia: "is a point outside of Indonesia"
    }
  }
}

/// What makes an address less certain, but does not keep it from being used.
enum Warning: String, Codable, Sendable, CaseIterable, SQLValue {
  case districtMissing = "district_missing"
  case districtUnmatched = "district_unmatched"
  case postalCodeUnknown = "postal_code_unknown"
  case postalCodeDistrictMismatch = "postal_code_district_mismatch"
}
