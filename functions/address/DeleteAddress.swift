import FunctionKit

/// Takes an address out of the book; the last one stays. Orders keep what they have copied of it.
struct DeleteAddress: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    let work = context.ownWork(because: "delete_address")
    let book = try await work.lockBook(of: context.owningUser())
    guard let address = book.first(where: { $0.id == input.id }) else { throw Problem.notFound("address") }
    try context.requireVersion(address.version)
    guard book.count > 1 else {
      throw Problem(409, "last_address", "This is the only address; add another one before you delete it.")
    }
    try await work.delete(address, from: book)
    return NoContent()
  }
}

extension Work {
  fileprivate func delete(_ address: SavedAddress, from book: [SavedAddress]) async throws {
    try await db.run(
      """
      update address set deleted_at = \(now), is_default = false, version = version + 1, updated_at = \(now)
      where id = \(address.id)
      """)
    try await record(.address, address.id.description, to: "deleted")
    let left = book.filter { $0.id != address.id }
    guard address.isDefault, let next = left.max(by: { $0.isUsedBefore($1) }) else {
      return try await emit(AddressDeleted(address, at: now))
    }
    try await emit(AddressDeleted(address, newDefault: next.id, at: now))
    let changed = try await makeDefault(next.id, in: left)
    try await emit(AddressUpdated(changed, changed: ["isDefault"]))
  }
}

extension SavedAddress {
  /// Used longer ago, or never; of two that were never used, the older one.
  fileprivate func isUsedBefore(_ other: SavedAddress) -> Bool {
    switch (lastUsedAt, other.lastUsedAt) {
    case (nil, .some): true
    case (.some, nil): false
    case (let mine?, let theirs?) where mine != theirs: mine < theirs
    default: id.description < other.id.description
    }
  }
}
