import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

/// Places drawn by a seed, whose verdicts must be what the committed files say, worked out here in another way.
@Suite struct PlacePropertyTests {
  static let seeds: [UInt64] = [1, 2, .random(in: 3...1_000_000)]

  private struct Files {
    /// District to its postal codes.
    var codes: [String: Set<String>] = [:]
    /// City to its districts.
    var districts: [String: [String]] = [:]
    /// City to all of its postal codes.
    var cityCodes: [String: Set<String>] = [:]
    var listed: Set<String> = []
    var cities: [[String]] = []

    init() throws {
      cities = try RegionFiles.rows("cities.csv")
      for row in try RegionFiles.rows("districts.csv") { districts[row[1], default: []].append(row[0]) }
      for row in try RegionFiles.rows("postal_codes.csv") {
        codes[row[1], default: []].insert(row[0])
        cityCodes[String(row[1].prefix(4)), default: []].insert(row[0])
        listed.insert(row[0])
      }
    }
  }

  private struct Drawn {
    var city: String
    var district: String?
    var postalCode: String
    var street: String

    init(_ files: Files, _ random: inout Seeded) throws {
      city = try #require(files.cities.randomElement(using: &random))[0]
      let own = try #require(files.districts[city])
      district = Int.random(in: 0..<5, using: &random) == 0 ? nil : own.randomElement(using: &random)
      let near = try #require(files.cityCodes[city]?.sorted().randomElement(using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: postalCode = try #require(files.listed.sorted().randomElement(using: &random))
      case 1:
        postalCode =
          near.prefix(3)
          + ["\(Int.random(in: 0...9, using: &random))", "\(Int.random(in: 0...9, using: &random))"].joined()
      case 2: postalCode = "\(Int.random(in: 0...199_999, using: &random))"
      case 3: postalCode = district.flatMap { files.codes[$0]?.sorted().randomElement(using: &random) } ?? near
      default: postalCode = near
      }
      street = try #require(
        ["Jalan Mawar 12", "Jalan Mawar", "Jl. 1", "Gang X", "Jl. Melati Indah"].randomElement(using: &random))
    }

    var body: [String: JSON] {
      var body: [String: JSON] = [
        "cityCode": .string(city), "postalCode": .string(postalCode), "streetAddress": .string(street),
      ]
      if let district { body["districtCode"] = .string(district) }
      return body
    }

    func verdict(_ files: Files) -> (blocking: [String], warnings: [String], confidence: Int) {
      var (warnings, confidence): ([String], Int) = (
        district == nil ? ["district_missing"] : [], district == nil ? 75 : 100
      )
      if !street.contains(where: \.isNumber) { confidence -= 10 }
      if street.count < 10 { confidence -= 5 }
      guard postalCode.count == 5, let first = postalCode.first, first != "0" else {
        return (["invalid_postal_code"], warnings, confidence)
      }
      let prefixes = Set((files.cityCodes[city] ?? []).map { $0.prefix(3) })
      guard prefixes.contains(postalCode.prefix(3)) else { return (["postal_code_not_in_city"], warnings, confidence) }
      if !files.listed.contains(postalCode) {
        warnings.append("postal_code_unknown")
        confidence -= 10
      } else if let district, files.codes[district]?.contains(postalCode) != true {
        warnings.append("postal_code_district_mismatch")
        confidence -= 15
      }
      return ([], warnings, confidence)
    }
  }

  @Test(arguments: seeds) func `postal codes block, warn and lower the confidence as the files say`(seed: UInt64)
    async throws
  {
    let files = try Files()
    var random = Seeded(seed)
    let drawn = try (0..<150).map { _ in try Drawn(files, &random) }
    try await AddressScene.run { scene in
      for place in drawn {
        let answer = try await scene.validate(place.body)
        let (blocking, warnings, confidence) = place.verdict(files)
        #expect(answer["blocking"]?.strings == blocking, "seed \(seed): \(place)")
        #expect(answer["warnings"]?.strings == warnings, "seed \(seed): \(place)")
        #expect(answer["confidence"]?.int == confidence, "seed \(seed): \(place)")
        #expect(answer["isValid"]?.bool == blocking.isEmpty, "seed \(seed)")
        #expect(answer["normalized"]?["provinceCode"]?.string == String(place.city.prefix(2)), "seed \(seed)")
      }
    }
  }

  @Test(arguments: seeds) func `a city's name is the city, unless it is two cities' or nobody's`(seed: UInt64)
    async throws
  {
    let files = try Files()
    var random = Seeded(seed)
    let drawn = (0..<60).compactMap { _ in files.cities.randomElement(using: &random) }
    let typos = drawn.map { misspelled($0[3], &random) }
    try await AddressScene.run { scene in
      for (city, typo) in zip(drawn, typos) {
        let namesakes = files.cities.filter { $0[1] == city[1] && $0[3].lowercased() == city[3].lowercased() }
        let answer = try await scene.validate([
          "provinceCode": .string(city[1]), "cityName": .string(city[3].uppercased()),
        ])
        if namesakes.count == 1 {
          #expect(answer["normalized"]?["cityCode"]?.string == city[0], "seed \(seed): \(city)")
        } else {
          #expect(answer["blocking"]?.strings.first == "ambiguous_city", "seed \(seed): \(city)")
          let told = answer["suggestions"]?.array?.compactMap { $0["code"]?.string } ?? []
          #expect(
            told.sorted() == namesakes.map { $0[0] }.sorted() && told.first == namesakes.first { $0[2] == "kota" }?[0])
          let typed = try await scene.validate([
            "provinceCode": .string(city[1]), "cityName": .string(city[3]), "cityType": .string(city[2]),
          ])
          #expect(typed["normalized"]?["cityCode"]?.string == city[0], "seed \(seed): \(city)")
        }
        let wrong = try await scene.validate(["provinceCode": .string(city[1]), "cityName": .string(typo)])
        let scores = wrong["suggestions"]?.array?.compactMap { $0["score"]?.double } ?? []
        #expect(scores.count <= 5 && scores.allSatisfy { (0.4...1).contains($0) }, "seed \(seed): \(typo)")
        #expect(scores == scores.sorted(by: >), "seed \(seed): \(typo)")
      }
    }
  }

  @Test(arguments: seeds) func `the same question has the same answer, remembered or not, in any order`(seed: UInt64)
    async throws
  {
    let files = try Files()
    var random = Seeded(seed)
    let drawn = try (0..<40).map { _ in try Drawn(files, &random) }
    let again = drawn.indices.shuffled(using: &random)
    try await AddressScene.run { scene in
      let first = try await drawn.asyncMap { try await scene.validate($0.body) }
      for index in again { #expect(try await scene.validate(drawn[index].body) == first[index], "seed \(seed)") }
      try await scene.address.write("delete from validation_cache")
      scene.wait(.days(400))
      let third = try await withThrowingTaskGroup(of: (Int, JSON).self) { group in
        for index in again { group.addTask { (index, try await scene.validate(drawn[index].body)) } }
        return try await group.reduce(into: [Int: JSON]()) { $0[$1.0] = $1.1 }
      }
      for index in drawn.indices { #expect(third[index] == first[index], "seed \(seed)") }
    }
  }

  private func misspelled(_ name: String, _ random: inout Seeded) -> String {
    var letters = Array(name)
    letters.remove(at: Int.random(in: 0..<letters.count, using: &random))
    return String(letters) + "q"
  }
}
