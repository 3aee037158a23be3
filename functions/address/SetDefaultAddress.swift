import FunctionKit

/// Chooses the address that is offered first. Choosing it again changes nothing.
struct SetDefaultAddress: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SavedAddress> {
    let work = context.ownWork(because: "set_default_address")
    let book = try await work.lockBook(of: context.owningUser())
    guard let address = book.first(where: { $0.id == input.id }) else { throw Problem.notFound("address") }
    try context.requireVersion(address.version)
    guard !address.isDefault else { return Reply(address).version(address.version) }
    let changed = try await work.makeDefault(address.id, in: book)
    try await work.emit(AddressUpdated(changed, changed: ["isDefault"]))
    return Reply(changed).version(changed.version)
  }
}
