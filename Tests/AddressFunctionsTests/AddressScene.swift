import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import AddressFunctions

/// The same id for the same number, so that a failing test names what it means.
func sampleID(_ number: Int) -> ID { ID(at: Instant(seconds: 1_700_000_000), random: (0, UInt64(number))) }

/// The same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension JSON {
  static func int(_ number: Int) -> JSON { .number(JSONNumber(number)) }
  static func double(_ number: Double) -> JSON { (try? JSON.parse(Array("\(number)".utf8))) ?? .null }
  var strings: [String] { array?.compactMap(\.string) ?? [] }
}

/// The bundle on a database of its own, and two people with their address books.
struct AddressScene: Sendable {
  let address: BundleUnderTest
  let sari = sampleID(1)
  let budi = sampleID(2)
  let admin = Caller(userID: sampleID(8), role: .admin, isPrivileged: true)
  let support = Caller(userID: sampleID(9), role: .supportAgent, isPrivileged: true)

  static func run(_ body: @escaping @Sendable (AddressScene) async throws -> Void) async throws {
    try await withBundle("address", Address.self) { address in
      let scene = AddressScene(address: address)
      try await body(scene)
      try await scene.mustHold()
    }
  }

  /// An address in Kebayoran Baru; a null takes a field away.
  static func form(_ changes: [String: JSON] = [:]) -> JSON {
    var form: JSONObject = [
      "recipientName": "Sari", "phone": "0812-3456-7890", "streetAddress": "Jl. Asia Afrika No. 8",
      "districtName": "Kebayoran Baru", "cityName": "Jakarta Selatan", "provinceName": "DKI Jakarta",
      "postalCode": "12190",
    ]
    for (name, value) in changes { form[name] = value.isNull ? nil : value }
    return .object(form)
  }

  func create(_ changes: [String: JSON] = [:], by user: ID? = nil, key: String? = nil) async throws -> TestReply {
    try await address.call(
      "CreateAddress", body: Self.form(changes), caller: .user(user ?? sari), key: key ?? "\(address.newID())")
  }

  /// - Returns: the new address's id.
  func add(_ label: String, by user: ID? = nil) async throws -> ID {
    let reply = try await create(["label": .string(label)], by: user)
    return try #require(reply.data["id"]?.string.flatMap { ID($0) }, "\(reply.json)")
  }

  func call(
    _ function: String, _ id: ID, by user: ID? = nil, body: JSON? = nil, version: Int? = nil
  ) async throws -> TestReply {
    try await address.call(
      function, path: [("id", "\(id)")], body: body, caller: .user(user ?? sari),
      headers: version.map { ["if-match": "\"\($0)\""] } ?? [:])
  }

  func list(of user: ID? = nil) async throws -> [JSON] {
    try await address.call("ListAddresses", caller: .user(user ?? sari)).data.array ?? []
  }

  func labels(of user: ID? = nil) async throws -> [String] {
    try await list(of: user).compactMap { $0["label"]?.string }
  }

  func use(_ id: ID, order: Int, by user: ID? = nil) async throws -> TestReply {
    try await address.call(
      "MarkAddressUsed", path: [("id", "\(id)")],
      body: ["userId": .string("\(user ?? sari)"), "orderId": .string("\(sampleID(order))")], caller: .service)
  }

  func validate(_ changes: [String: JSON]) async throws -> JSON {
    let reply = try await address.call(
      "ValidateAddress", body: .object(JSONObject(Array(changes))), caller: .user(sari))
    #expect(reply.status == 200, "\(reply.json)")
    return reply.data
  }

  func wait(_ time: Duration) { address.clock.advance(by: time) }

  /// What is true of all address books after whatever a test has done.
  func mustHold() async throws {
    let wrong: Int = try await address.one(
      """
      select count(*) from (
        select from address where deleted_at is null group by user_id
        having count(*) > 20 or count(*) filter (where is_default) <> 1) books
      """)
    #expect(wrong == 0, "one default of each book, and 20 addresses at most")
    let strange: Int = try await address.one(
      """
      select count(*) from address join city on city.code = address.city_code join province on province.code = address.province_code
        left join district on district.code = district_code
      where left(address.city_code, 2) <> address.province_code or left(district_code, 4) <> address.city_code
        or (recipient_name <> '' and (city_name <> full_name or province_name <> province.name
          or (district_code is not null and district_name <> district.name)))
      """)
    #expect(strange == 0, "codes that lie in one another, names as the regions have them")
  }
}
