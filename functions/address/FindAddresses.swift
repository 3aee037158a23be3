import FunctionKit

/// Shows staff a user's address book; who has looked is kept.
struct FindAddresses: Endpoint {
  struct Input: Decodable {
    var userId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> [SavedAddress] {
    try await context.work(because: "find_addresses") { work in
      try await work.record(.addressBook, input.userId.description, to: "viewed")
      return try await work.db.all(AddressBook.list(of: input.userId))
    }
  }
}
