import FunctionKit

/// Changes what is named of an address; an empty text takes away what may be missing.
struct UpdateAddress: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var form: AddressForm

    private enum CodingKeys: String, CodingKey { case id }

    init(from decoder: any Decoder) throws {
      id = try decoder.container(keyedBy: CodingKeys.self).decode(ID.self, forKey: .id)
      form = try AddressForm(from: decoder)
    }

    static let limits = AddressForm.limits
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SavedAddress> {
    let form = input.form.trimmed
    let work = context.ownWork(because: "update_address")
    let book = try await work.lockBook(of: context.owningUser())
    guard let address = book.first(where: { $0.id == input.id }) else { throw Problem.notFound("address") }
    try context.requireVersion(address.version)
    try form.check(against: address)
    let changed = try await work.change(address, to: form, in: book)
    return Reply(changed).version(changed.version)
  }
}

extension AddressForm {
  fileprivate func check(against address: SavedAddress) throws {
    var validation = Validation()
    check(&validation)
    validation.require(
      isDefault != false || !address.isDefault, "isDefault", "can't be unset; make another address the default")
    try validation.finish()
  }
}
