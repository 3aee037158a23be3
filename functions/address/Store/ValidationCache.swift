import FunctionKit

/// Verdicts are kept for 30 days, by a hash of all that they depend on but the dataset.
enum ValidationCache {
  static let age = Duration.days(30)

  struct Entry: Decodable, Sendable {
    var result: PlaceVerdict
  }

  /// Names folded, so that spellings of one name share an entry.
  static func hash(_ place: WrittenPlace) -> SQL {
    let names = [place.provinceName, place.cityName, place.districtName]
    let rest = [
      place.provinceCode, place.cityCode, place.cityType?.rawValue, place.toldType?.rawValue, place.districtCode,
      place.postalCode, place.point.map { "\($0.isInIndonesia)" }, "\(place.street.hasDigit)",
      "\(place.street.isShort)",
    ]
    let text = rest.map { told in told.map { "=\($0)" } ?? "" }.joined(separator: "\u{1F}")
    return """
      sha256(convert_to(concat_ws(chr(31), \(text)::text, coalesce('=' || folded_name(\(names[0])), ''),
        coalesce('=' || folded_name(\(names[1])), ''), coalesce('=' || folded_name(\(names[2])), '')), 'UTF8'))
      """
  }

  static func find(_ place: WrittenPlace, at now: Instant) -> SQL {
    """
    select result from validation_cache cache
      join region_dataset dataset on status = 'active' and version = dataset_version and dataset.edition = cache.edition
    where input_hash = \(hash(place)) and expires_at > \(now)
    """
  }

  static func keep(_ verdict: PlaceVerdict, of place: WrittenPlace, _ facts: RegionFacts, at now: Instant) throws -> SQL
  {
    """
    insert into validation_cache (input_hash, result, dataset_version, edition, expires_at)
    values (\(hash(place)), \(try AsJSON(verdict)), \(facts.version), \(facts.edition), \(now + age))
    on conflict (input_hash) do update set result = excluded.result, dataset_version = excluded.dataset_version,
      edition = excluded.edition, expires_at = excluded.expires_at
    """
  }
}
