import Testing

@testable import AddressFunctions

/// Cities with flags drawn by a seed, whose zones must be what the rules say, read here from the far end.
@Suite struct ZonePropertyTests {
  private static let allZones = [
    ShippingZone(code: "Z1", rank: 1, name: "Local", etaMinDays: 1, etaMaxDays: 2)
  ]

  private func draw(_ random: inout Seeded) -> ZonedCity {
    let province = "\(Int.random(in: 1...4, using: &random))"
    return ZonedCity(
      code: province + "\(Int.random(in: 1...3, using: &random))", fullName: "", provinceCode: province,
      islandGroup: ["1", "2"].contains(province) ? .java : .sumatra,
      metroCode: ["A", "B", nil, nil].randomElement(using: &random) ?? nil,
      isRemote: Int.random(in: 0...3, using: &random) == 0, latitude: .random(in: -11...6, using: &random),
      longitude: .random(in: 95...141, using: &random))
  }

  /// What a zone promises of two cities, and what the nearer ones would have promised.
  private func holds(_ zone: ZoneCode, _ a: ZonedCity, _ b: ZonedCity) -> Bool {
    let isLocal = a.code == b.code || (a.metroCode != nil && a.metroCode == b.metroCode)
    let (isNear, isFar) = (a.provinceCode == b.provinceCode, a.isRemote || b.isRemote)
    return switch zone {
    case .local: isLocal
    case .province: isNear && !isLocal
    case .remote: isFar && !isNear && !isLocal
    case .island: a.islandGroup == b.islandGroup && !isFar && !isNear && !isLocal
    case .interIsland: a.islandGroup != b.islandGroup && !isFar && !isNear && !isLocal
    }
  }

  @Test(arguments: [1, 2, UInt64.random(in: 3...1_000_000)])
  func `two cities have one zone, the same both ways, and it is what the flags say`(seed: UInt64) throws {
    var random = Seeded(seed)
    let local = try #require(Self.allZones.first)
    for _ in 0..<2000 {
      let (a, b) = (draw(&random), draw(&random))
      let found = zone(a, b)
      #expect(holds(found, a, b), "seed \(seed): \(a) \(b)")
      #expect(zone(b, a) == found && zone(a, a) == .local, "seed \(seed)")
      let (there, back) = (ZoneQuote(a, b, in: local), ZoneQuote(b, a, in: local))
      #expect(there.isRemote == (a.isRemote || b.isRemote), "seed \(seed)")
      #expect(there.distanceKm == back.distanceKm && there.metro == back.metro, "seed \(seed)")
      #expect(there.isRemote == back.isRemote && there.sameCity == (a.code == b.code), "seed \(seed)")
      #expect(ZoneQuote(a, a, in: local).distanceKm == 0, "seed \(seed)")
      var elsewhere = a
      (elsewhere.latitude, elsewhere.longitude, elsewhere.fullName) = (nil, nil, "Anywhere")
      #expect(zone(elsewhere, b) == found, "seed \(seed): a point decides nothing")
      // A degree of latitude is 111 km: nothing in the country is farther apart than 5,400.
      #expect((0...5400).contains(there.distanceKm ?? -1), "seed \(seed)")
    }
  }
}
