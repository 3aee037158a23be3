import FunctionKit

/// The caller's address book, the default first, then what was used last. There are 20 at most, so they come all at once.
struct ListAddresses: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> [SavedAddress] {
    try await context.db.all(AddressBook.list(of: context.requireUser()))
  }
}
