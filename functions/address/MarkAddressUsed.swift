import FunctionKit

/// Counts an order that goes to an address, once however often it is told.
struct MarkAddressUsed: Endpoint {
  struct Input: Decodable {
    var id: ID
    var userId: ID
    var orderId: ID
  }

  struct Use: Codable, Sendable {
    var useCount: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Use {
    let db = context.db
    let found: SavedAddress? = try await db.first("\(AddressBook.find(input.id)) for update")
    guard let address = found, address.userId == input.userId else { throw Problem.notFound("address") }
    let isNew = try await db.run(
      """
      insert into address_use (address_id, order_id, created_at) values (\(address.id), \(input.orderId), \(context.now))
      on conflict (address_id, order_id) do nothing
      """)
    guard isNew == 1 else { return Use(useCount: address.useCount) }
    return try await db.one(
      """
      update address set use_count = use_count + 1, last_used_at = \(context.now), version = version + 1,
        updated_at = \(context.now)
      where id = \(address.id) returning use_count
      """)
  }
}
