import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

/// The four files of an edition, as the committed ones are but for what a test changes.
struct Edition: Sendable {
  var provinces: String
  var cities: String
  var districts: String
  var postalCodes: String

  init() throws {
    provinces = try RegionFiles.text("provinces.csv")
    cities = try RegionFiles.text("cities.csv")
    districts = try RegionFiles.text("districts.csv")
    postalCodes = try RegionFiles.text("postal_codes.csv")
  }

  var body: JSON {
    [
      "source": "a test", "provinces": .string(provinces), "cities": .string(cities), "districts": .string(districts),
      "postalCodes": .string(postalCodes),
    ]
  }

  /// Without the lines that begin so.
  static func dropping(_ prefix: String, from text: String) -> String {
    text.split(separator: "\n").filter { !$0.hasPrefix(prefix) }.joined(separator: "\n") + "\n"
  }

  /// Without the lines that end so.
  static func dropping(ending suffix: String, from text: String) -> String {
    text.split(separator: "\n").filter { !$0.hasSuffix(suffix) }.joined(separator: "\n") + "\n"
  }
}

extension AddressScene {
  func importRegions(_ edition: Edition) async throws -> TestReply {
    try await address.call("ImportRegions", body: edition.body, caller: admin)
  }

  func activate(_ version: Int) async throws -> TestReply {
    try await address.call("ActivateRegions", path: [("version", "\(version)")], caller: admin)
  }

  /// - Returns: the edition's version.
  @discardableResult
  func take(_ edition: Edition) async throws -> Int {
    let version = try #require(try await importRegions(edition).data["version"]?.int)
    let reply = try await activate(version)
    #expect(reply.status == 200, "\(reply.json)")
    return version
  }

  /// All regions and postal codes as one number.
  func fingerprint() async throws -> String {
    try await address.one(
      """
      select md5(string_agg(concat(level, key, value, is_active), ' ' order by level, key)) || (
        select md5(string_agg(postal_code || places::text, ' ' order by postal_code)) from postal_place)
      from region_row
      """)
  }

  func lookUp(_ code: String) async throws -> TestReply {
    try await address.call("LookupPostalCode", path: [("code", code)])
  }
}
