import FunctionKit

/// Adds an address to the caller's book. The first one is the default.
struct CreateAddress: Endpoint {
  struct Input: Decodable, Limited {
    var form: AddressForm

    init(from decoder: any Decoder) throws { form = try AddressForm(from: decoder) }

    static let limits = AddressForm.limits.merging(
      Dictionary(
        uniqueKeysWithValues: ["recipientName", "phone", "streetAddress"].compactMap { name in
          AddressForm.limits[name].map { (name, $0.needed) }
        })
    ) { $1 }
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SavedAddress> {
    let form = input.form.trimmed
    var validation = Validation()
    form.check(&validation)
    form.requireWhole(&validation)
    try validation.finish()
    let work = context.ownWork(because: "create_address")
    let checked = try await work.check(form)
    let made = try await work.insert(checked, isDefault: form.isDefault ?? false, of: context.requireUser())
    return Reply(made, status: 201).version(made.version)
  }
}

extension Work {
  /// - Throws: ``Problem`` 422 with what is wrong.
  fileprivate func check(_ form: AddressForm) async throws -> CheckedAddress {
    let place = form.place()
    let facts = try await db.facts(of: place)
    let verdict = PlaceVerdict(place, facts)
    let content = try AddressContent(form, at: verdict.place)
    try verdict.mustBePossible()
    return CheckedAddress(content: content, check: CheckedAddress.Check(verdict, facts))
  }
}
