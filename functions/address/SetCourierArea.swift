import FunctionKit

/// Keeps a courier's own name for where an address is. Its point stands only where the user has set none.
struct SetCourierArea: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var biteshipAreaId: String
    var latitude: Double?
    var longitude: Double?

    static let limits: [String: FieldLimit] = ["biteshipAreaId": .text(1...100)]
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    try input.check()
    let changed = try await context.db.run(
      """
      update address set biteship_area_id = \(input.biteshipAreaId),
        latitude = case when geo_accuracy = 'exact' then latitude else coalesce(\(input.latitude), latitude) end,
        longitude = case when geo_accuracy = 'exact' then longitude else coalesce(\(input.longitude), longitude) end,
        geo_accuracy = case when geo_accuracy = 'exact' or \(input.latitude == nil) then geo_accuracy
          else 'approximate' end,
        version = version + (biteship_area_id is distinct from \(input.biteshipAreaId))::int, updated_at = \(context.now)
      where id = \(input.id) and deleted_at is null
      """)
    guard changed == 1 else { throw Problem.notFound("address") }
    return NoContent()
  }
}

extension SetCourierArea.Input {
  /// - Throws: ``Problem`` 422, for a point elsewhere `outside_indonesia`.
  fileprivate func check() throws {
    var validation = Validation()
    validation.text(biteshipAreaId, "biteshipAreaId", length: 1...100)
    let isWhole = (latitude == nil) == (longitude == nil)
    validation.require(
      isWhole, latitude == nil ? "latitude" : "longitude", "must come with the other", code: "required")
    try validation.finish()
    guard let latitude, let longitude else { return }
    let point = WrittenPlace.Point(latitude: latitude, longitude: longitude)
    guard point.isInIndonesia else {
      let finding = Finding.outsideIndonesia
      throw Problem(
        422, finding.rawValue, "The point lies outside of Indonesia.",
        details: [FieldError(field: finding.field, message: finding.message, code: finding.rawValue)])
    }
  }
}
