import FunctionKit

/// An edition of the region data, as four files have it.
struct RegionDataset: Encodable, Sendable {
  var provinces: [Province] = []
  var cities: [City] = []
  var districts: [District] = []
  var postalCodes: [PostalPair] = []

  struct Province: Encodable, Sendable {
    var code, name: String
    var latitude, longitude: Double?
  }

  struct City: Encodable, Sendable {
    var code: String
    var type: CityType
    var name: String
    var latitude, longitude: Double?
  }

  struct District: Encodable, Sendable {
    var code, name: String
  }

  struct PostalPair: Encodable, Sendable, Hashable {
    var postalCode, districtCode: String
  }

  var counts: Counts {
    Counts(
      province: provinces.count, city: cities.count, district: districts.count, postalCode: postalCodes.count)
  }

  /// How many rows it has.
  struct Counts: Codable, Sendable {
    var province, city, district, postalCode: Int
  }
}

/// What is wrong with an edition, by file and line.
struct DatasetErrors: Error, Sendable {
  /// So many are told.
  static let most = 100

  private(set) var count = 0
  private(set) var first: [FieldError] = []

  mutating func add(_ file: String, _ line: Int, _ message: String, code: String) {
    count += 1
    if first.count < Self.most { first.append(FieldError(field: "\(file):\(line)", message: message, code: code)) }
  }

  var problem: Problem {
    Problem(
      422, "dataset_invalid",
      "The dataset has \(count) errors\(count > first.count ? ", of which the first \(first.count) are told" : "").",
      details: first)
  }
}
