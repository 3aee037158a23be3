/// Which of the cities of one name is meant: 26 names are both a kota's and a kabupaten's.
enum CityChoice: Sendable {
  case none
  case one(RegionFacts.CityMatch)
  /// Cities (kota) first.
  case several([RegionFacts.CityMatch])

  /// Its type settles it, then its district, then its postal code.
  init(_ written: WrittenPlace, _ facts: RegionFacts, among cities: [RegionFacts.CityMatch]) {
    var left = cities
    if written.cityCode == nil {
      if let type = written.cityType { left.removeAll { $0.type != type } }
      left.narrow { $0.type == written.toldType }
      let districts = Set(facts.districts.best.map(\.cityCode))
      left.narrow { districts.contains($0.code) }
      let listed = Set(facts.postalDistricts.map { String($0.prefix(4)) })
      left.narrow { listed.contains($0.code) }
      left.narrow { facts.prefixCities.contains($0.code) }
    }
    switch left.count {
    case 0: self = .none
    case 1: self = .one(left[0])
    default: self = .several(left.sorted { ($0.type == .kota ? 0 : 1, $0.code) < ($1.type == .kota ? 0 : 1, $1.code) })
    }
  }
}

extension Array {
  /// Keeps those that fit, unless none does.
  fileprivate mutating func narrow(_ fits: (Element) -> Bool) {
    let fitting = filter(fits)
    if !fitting.isEmpty { self = fitting }
  }
}
