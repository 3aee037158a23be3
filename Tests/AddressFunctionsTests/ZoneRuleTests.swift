import FunctionKit
import Testing

@testable import AddressFunctions

@Suite struct ZoneRuleTests {
  @Test(arguments: [
    ("3174", "3174", ZoneCode.local, 0, false),
    ("3174", "3276", .local, 14, false),
    ("5171", "5103", .local, 10, false),
    ("3201", "3273", .province, 104, false),
    ("9171", "9103", .province, 98, true),
    ("3174", "3273", .island, 116, false),
    ("3273", "3578", .island, 563, false),
    ("3174", "1271", .interIsland, 1425, false),
    ("3578", "7371", .interIsland, 782, false),
    ("3174", "8171", .remote, 2386, false),
    ("8171", "8171", .local, 0, true),
  ]) func `known pairs of cities`(from: String, to: String, expected: ZoneCode, km: Int, bothRemote: Bool) throws {
    let files = try RegionFiles()
    let (origin, destination) = try (files.city(from), files.city(to))
    #expect(zone(origin, destination) == expected)
    #expect(distanceKm(origin, destination) == km)
    #expect((origin.isRemote && destination.isRemote) == bothRemote)
  }

  @Test func `direction makes no difference, and every city is local to itself`() throws {
    let cities = try RegionFiles().cities.values.sorted { $0.code < $1.code }
    for origin in cities {
      #expect(zone(origin, origin) == .local)
      for destination in cities where destination.code < origin.code {
        guard zone(origin, destination) == zone(destination, origin) else {
          Issue.record("\(origin.code) and \(destination.code) differ by direction")
          return
        }
      }
    }
  }

  @Test func `two cities without a metropolitan area do not share one`() throws {
    let files = try RegionFiles()
    #expect(try sharedMetro(files.city("1271"), files.city("7371")) == nil)
    #expect(try sharedMetro(files.city("3273"), files.city("3578")) == nil)
    #expect(try sharedMetro(files.city("3174"), files.city("3276")) == "JABODETABEK")
  }

  @Test func `a quote tells of remoteness under any zone, and nothing of a distance it can't know`() throws {
    let shippingZone = ShippingZone(code: "Z1", rank: 1, name: "Local", etaMinDays: 1, etaMaxDays: 2)
    var ambon = try RegionFiles().city("8171")
    ambon.latitude = nil
    let quote = ZoneQuote(ambon, ambon, in: shippingZone)
    #expect(quote.isRemote)
    #expect(quote.sameCity)
    #expect(quote.metro == nil)
    #expect(quote.distanceKm == nil)
  }
}
