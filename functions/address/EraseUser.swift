import FunctionKit

/// Blanks every address that a deleted user ever had. What stays is which city they were in, for counts.
struct EraseUser: EventHandler {
  struct Input: Decodable {
    var userId: ID
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "erase_user")
    let book = try await work.lockBook(of: input.userId)
    try await work.blank(input.userId)
    for address in book {
      try await work.record(.address, address.id.description, to: "erased")
      try await work.emit(AddressDeleted(address, at: work.now))
    }
  }
}

extension Work {
  /// Those that were deleted before, too.
  fileprivate func blank(_ user: ID) async throws {
    try await db.run(
      """
      update address set label = null, recipient_name = '', phone = '', alternate_phone = null, street_address = '',
        address_line2 = null, rt = null, rw = null, village_name = null, district_code = null, district_name = null,
        latitude = null, longitude = null, geo_accuracy = null, biteship_area_id = null, delivery_notes = null,
        landmark = null, is_default = false, deleted_at = coalesce(deleted_at, \(now)), version = version + 1,
        updated_at = \(now)
      where user_id = \(user) and recipient_name <> ''
      """)
  }
}
