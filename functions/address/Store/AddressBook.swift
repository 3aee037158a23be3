import FunctionKit

/// Statements on the addresses of one user. A deleted address is not there for any of them.
enum AddressBook {
  static func live(of user: ID) -> SQL {
    "select \(SavedAddress.columns) from address where user_id = \(user) and deleted_at is null"
  }

  /// The default, then what was used last, then what is newest.
  static func list(of user: ID) -> SQL {
    "\(live(of: user)) order by is_default desc, last_used_at desc nulls last, id desc"
  }

  static func theDefault(of user: ID) -> SQL { "\(live(of: user)) and is_default" }

  static func find(_ id: ID) -> SQL {
    "select \(SavedAddress.columns) from address where id = \(id) and deleted_at is null"
  }
}

extension Database {
  func address(_ id: ID) async throws -> SavedAddress? { try await first(AddressBook.find(id)) }

  /// - Throws: ``Problem`` 404 unless it is that user's.
  func address(_ id: ID, of user: ID) async throws -> SavedAddress {
    guard let address = try await address(id), address.userId == user else { throw Problem.notFound("address") }
    return address
  }

  /// - Throws: ``Problem`` 404 `no_default_address`.
  func defaultAddress(of user: ID) async throws -> SavedAddress {
    guard let address: SavedAddress = try await first(AddressBook.theDefault(of: user)) else {
      throw Problem(404, "no_default_address", "There is no address yet, and so no default one.")
    }
    return address
  }
}

extension Work {
  /// Makes changes to a user's address book wait for each other.
  /// - Returns: all that is in it, locked, in the order of ids.
  func lockBook(of user: ID) async throws -> [SavedAddress] {
    try await lock("address:\(user)")
    return try await db.all("\(AddressBook.live(of: user)) order by id for update")
  }
}
