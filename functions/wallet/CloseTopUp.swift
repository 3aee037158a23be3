import FunctionKit

/// Ends a top-up that nobody paid.
struct CloseTopUp: EventHandler {
  struct Input: Decodable {
    var topupId: ID
    var reason: Reason

    enum Reason: String, Decodable { case expired, cancelled, failed }
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "close_topup")
    guard let (topUp, _) = try await work.lock(topUp: input.topupId) else { throw Problem.notFound("top-up") }
    guard topUp.status == .pending else { return }
    try await work.set(topUp, to: input.reason.status)
  }
}

extension CloseTopUp.Input.Reason {
  fileprivate var status: TopUpStatus {
    switch self {
    case .expired: .expired
    case .cancelled: .cancelled
    case .failed: .failed
    }
  }
}
