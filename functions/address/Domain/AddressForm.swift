import FunctionKit

/// An address as its user fills it in; all of it optional, because a change names only what it changes.
struct AddressForm: Decodable, Sendable {
  /// Home, office.
  var label: String?
  var recipientName: String?
  var phone: String?
  var alternatePhone: String?
  var streetAddress: String?
  var addressLine2: String?
  /// Neighbourhood units, up to three digits each.
  var rt: String?
  var rw: String?
  var villageName: String?
  var districtCode: String?
  var districtName: String?
  var cityCode: String?
  var cityName: String?
  /// Which of two cities of one name is meant.
  var cityType: CityType?
  var provinceCode: String?
  var provinceName: String?
  var postalCode: String?
  var latitude: Double?
  var longitude: Double?
  var isDefault: Bool?
  var deliveryNotes: String?
  var landmark: String?

  /// Of texts, in characters.
  static let lengths: [String: ClosedRange<Int>] = [
    "label": 0...50, "recipientName": 1...255, "phone": 1...32, "alternatePhone": 0...32, "streetAddress": 5...500,
    "addressLine2": 0...255, "villageName": 0...100, "districtName": 0...100, "cityName": 0...120,
    "provinceName": 0...100, "deliveryNotes": 0...500, "landmark": 0...255,
  ]
  static let limits: [String: FieldLimit] = lengths.mapValues { .text($0) }.merging(
    ["rt": unit, "rw": unit, "postalCode": PostalCode.limit]
  ) { $1 }

  private static let unit = FieldLimit.pattern("^[0-9]{0,3}$")
}

extension AddressForm {
  private static let texts: [(name: String, path: any WritableKeyPath<AddressForm, String?> & Sendable)] = [
    ("label", \.label), ("recipientName", \.recipientName), ("phone", \.phone), ("alternatePhone", \.alternatePhone),
    ("streetAddress", \.streetAddress), ("addressLine2", \.addressLine2), ("rt", \.rt), ("rw", \.rw),
    ("villageName", \.villageName), ("districtCode", \.districtCode), ("districtName", \.districtName),
    ("cityCode", \.cityCode), ("cityName", \.cityName), ("provinceCode", \.provinceCode),
    ("provinceName", \.provinceName), ("postalCode", \.postalCode), ("deliveryNotes", \.deliveryNotes),
    ("landmark", \.landmark),
  ]

  /// Without the white space around its texts.
  var trimmed: AddressForm {
    var form = self
    for (_, path) in Self.texts { form[keyPath: path] = form[keyPath: path].map(AddressFunctions.trimmed) }
    return form
  }

  /// What is wrong with its shape; whether there is such a place is another question.
  func check(_ validation: inout Validation) {
    for (name, path) in Self.texts {
      if let length = Self.lengths[name] { validation.text(self[keyPath: path], name, length: length) }
    }
    for (name, unit) in [("rt", rt), ("rw", rw)] {
      let isUnit = unit.map { $0.utf8.count <= 3 && isDigits($0) } ?? true
      validation.require(isUnit, name, "must be up to three digits")
    }
    let isWhole = (latitude == nil) == (longitude == nil)
    validation.require(
      isWhole, latitude == nil ? "latitude" : "longitude", "must come with the other", code: "required")
  }

  /// Whether it names anything that tells where the address is.
  var namesPlace: Bool {
    let texts = [
      districtCode, districtName, cityCode, cityName, provinceCode, provinceName, postalCode, streetAddress,
    ]
    return point != nil || texts.contains { $0 != nil }
  }
}

/// The text without white space at its ends.
func trimmed(_ text: String) -> String {
  var rest = text[...]
  while let first = rest.first, first.isWhitespace { rest.removeFirst() }
  while let last = rest.last, last.isWhitespace { rest.removeLast() }
  return String(rest)
}

extension AddressForm {
  func requireCity(_ validation: inout Validation) {
    let isTold = told(cityCode) != nil || told(cityName) != nil
    validation.require(isTold, "cityCode", "is required, or a cityName", code: "required")
  }

  /// What an address can't do without. A postal code that is missing is told of like a wrong one.
  func requireWhole(_ validation: inout Validation) {
    for (name, text) in [("recipientName", recipientName), ("phone", phone), ("streetAddress", streetAddress)] {
      validation.require(text != nil, name, "is required", code: "required")
    }
    let isTold = told(provinceCode) != nil || told(provinceName) != nil
    validation.require(isTold, "provinceCode", "is required, or a provinceName", code: "required")
    requireCity(&validation)
  }
}
