import FunctionKit

/// What a check needs of an address that was checked against another edition.
struct StaleAddress: Decodable, Sendable {
  var id: ID
  var streetAddress: String
  var provinceCode: String
  var cityCode: String
  var districtCode: String?
  var districtName: String?
  var postalCode: String
  var version: Int
  var datasetVersion: Int

  /// Where a run has got to.
  struct Place: Sendable {
    var version: Int
    var id: ID
  }

  /// Those of some editions, in the order of the index.
  static func select(_ versions: ClosedRange<Int>, after last: Place, limit: Int) -> SQL {
    """
    select id, street_address, province_code, city_code, district_code, district_name, postal_code, version,
      dataset_version
    from address
    where deleted_at is null and dataset_version <= \(versions.upperBound)
      and (dataset_version, id) > (\(last.version), \(last.id))
    order by dataset_version, id limit \(limit)
    """
  }

  var place: WrittenPlace {
    WrittenPlace(
      provinceCode: provinceCode, cityCode: cityCode, districtCode: districtCode,
      districtName: districtCode == nil ? districtName : nil, postalCode: postalCode,
      street: StreetTraits(streetAddress))
  }
}

extension ID {
  /// What sorts before all.
  static let lowest = ID(at: Instant(seconds: 0), random: (0, 0))
}
