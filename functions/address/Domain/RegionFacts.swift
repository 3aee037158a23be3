/// What a dataset has to say of a place that somebody wrote: all that the check needs, read at one moment.
struct RegionFacts: Decodable, Sendable {
  var version: Int
  /// Counts the changes that were made to the dataset by hand.
  var edition: Int
  var provinces: [Match]
  var cities: [CityMatch]
  /// Of the cities that the name may mean.
  var districts: [DistrictMatch]
  /// The codes of districts that the postal code serves, wherever they are.
  var postalDistricts: [String]
  /// Of the cities that the name may mean, those with a postal code of the same first three digits.
  var prefixCities: [String]

  /// How a region came to be found, best first.
  enum Rank: Int, Decodable, Comparable, Sendable {
    /// By its code or its very name.
    case exact, alias, alike

    static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }
  }

  struct Match: Decodable, Sendable, RegionMatch {
    var code: String
    var name: String
    var rank: Rank
    var score: Double
  }

  struct CityMatch: Decodable, Sendable, RegionMatch {
    var code: String
    /// With its type.
    var name: String
    var type: CityType
    var provinceName: String
    var rank: Rank
    var score: Double

    var provinceCode: String { String(code.prefix(2)) }
  }

  struct DistrictMatch: Decodable, Sendable, RegionMatch {
    var code: String
    var name: String
    var rank: Rank
    var score: Double

    var cityCode: String { String(code.prefix(4)) }
  }
}

protocol RegionMatch: Sendable {
  var code: String { get }
  var name: String { get }
  var rank: RegionFacts.Rank { get }
  /// 0 to 1, how much the names look alike.
  var score: Double { get }
}

extension Array where Element: RegionMatch {
  /// Those that match, exact names before aliases; empty when there are only some that look alike.
  var best: [Element] {
    let found = filter { $0.rank < .alike }
    guard let rank = found.map(\.rank).min() else { return [] }
    return found.filter { $0.rank == rank }
  }

  /// The five that look most alike.
  func suggestions(_ level: RegionLevel) -> [Suggestion] {
    filter { $0.score >= 0.4 }.sorted { ($1.score, $0.code) < ($0.score, $1.code) }.prefix(5).map {
      Suggestion(level: level, code: $0.code, name: $0.name, score: $0.score)
    }
  }
}
