import Foundation
import Testing

@testable import AddressFunctions

/// The cities of the committed data, with the flags and metropolitan areas that the migrations give them.
struct RegionFiles {
  let cities: [String: ZonedCity]

  init() throws {
    let rows = try Self.rows("cities.csv")
    cities = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Self.city($0)) })
  }

  func city(_ code: String) throws -> ZonedCity { try #require(cities[code]) }

  static func text(_ file: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../functions/address/Data")
    return try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }

  static func rows(_ file: String) throws -> [[String]] {
    try text(file).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private static let metros: [String: [String]] = [
    "JABODETABEK": [
      "3171", "3172", "3173", "3174", "3175", "3201", "3271", "3275", "3216", "3276", "3671", "3603", "3674",
    ],
    "BANDUNG": ["3273", "3204", "3217", "3277"], "SURABAYA": ["3578", "3525", "3515"],
    "SARBAGITA": ["5171", "5103", "5104", "5102"],
  ]

  private static let islands: [Character: IslandGroup] = [
    "1": .sumatra, "2": .sumatra, "3": .java, "5": .baliNusa, "6": .kalimantan, "7": .sulawesi, "8": .maluku,
    "9": .papua,
  ]

  private static func city(_ row: [String]) -> ZonedCity {
    let first = row[0].first ?? "0"
    return ZonedCity(
      code: row[0], fullName: row[3], provinceCode: row[1], islandGroup: islands[first] ?? .papua,
      metroCode: metros.first { $0.value.contains(row[0]) }?.key, isRemote: first >= "8", latitude: Double(row[4]),
      longitude: Double(row[5]))
  }
}
