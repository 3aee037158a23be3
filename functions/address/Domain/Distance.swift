private import Glibc

/// The great-circle distance between two cities' points in whole kilometres; nil when a point is not known.
/// Informative only: the point of a wide regency can lie far from its main town.
func distanceKm(_ a: ZonedCity, _ b: ZonedCity) -> Int? {
  guard let fromLatitude = a.latitude, let fromLongitude = a.longitude, let toLatitude = b.latitude,
    let toLongitude = b.longitude
  else { return nil }
  let earthRadius = 6371.0
  let halfLatitude = sin(radians(toLatitude - fromLatitude) / 2)
  let halfLongitude = sin(radians(toLongitude - fromLongitude) / 2)
  let haversine =
    halfLatitude * halfLatitude
    + cos(radians(fromLatitude)) * cos(radians(toLatitude)) * halfLongitude * halfLongitude
  return Int((2 * earthRadius * asin(min(1, haversine.squareRoot()))).rounded())
}

private func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
