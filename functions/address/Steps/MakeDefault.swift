import FunctionKit

extension Work {
  /// Makes an address of a locked book the default, after the one of before has ceased to be it. Its own change is told by
  /// whoever asks for it.
  func makeDefault(_ id: ID, in book: [SavedAddress]) async throws -> SavedAddress {
    for address in book where address.isDefault && address.id != id {
      let changed = try await setDefault(address.id, false)
      try await emit(AddressUpdated(changed, changed: ["isDefault"]))
    }
    return try await setDefault(id, true)
  }

  private func setDefault(_ id: ID, _ isDefault: Bool) async throws -> SavedAddress {
    try await db.one(
      """
      update address set is_default = \(isDefault), version = version + 1, updated_at = \(now) where id = \(id)
      returning \(SavedAddress.columns)
      """)
  }
}
