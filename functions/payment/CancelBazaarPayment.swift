import FunctionKit

/// Takes back the request for a bazaar's payment before anybody has consented, so that the seller can be paid by another,
/// right one.
struct CancelBazaarPayment: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var reason: String

    static let limits: [String: FieldLimit] = ["reason": .text(reasonLength)]
    static let reasonLength = 3...500
  }

  func handle(_ input: Input, context: Context) async throws -> BazaarView {
    var validation = Validation()
    validation.text(input.reason, "reason", length: Input.reasonLength)
    try validation.finish()
    let work = context.ownWork(because: "cancel_bazaar_payment")
    guard let bazaar = try await work.holdBazaar(input.id) else { throw Problem.notFound("bazaar sponsorship") }
    return try await BazaarView(work.move(bazaar, to: .cancelled, note: input.reason))
  }
}
