import FunctionKit

/// Sets money free again that a payment did not need.
struct ReleaseHold: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> ClosedHoldView {
    let work = context.ownWork(because: "release_hold")
    guard let (hold, wallet) = try await work.lock(hold: input.id), hold.purpose == .payment else {
      throw Problem.notFound("hold")
    }
    // What has expired is free, which is all that a release is for.
    if hold.status == .released || hold.status == .expired { return ClosedHoldView(hold: HoldView(hold)) }
    guard hold.status == .active else { throw Problem.holdClosed(hold.status) }
    try await work.free(hold, of: wallet, as: .released)
    return try await ClosedHoldView(hold: HoldView(work.db.hold(hold.id) ?? hold))
  }
}
