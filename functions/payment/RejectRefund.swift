import FunctionKit

/// Refuses a refund that somebody has asked for, so that what it would have given back is there for another one.
struct RejectRefund: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var reason: String

    static let limits: [String: FieldLimit] = ["reason": .text(reasonLength)]
    static let reasonLength = 3...500
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<RefundView> {
    var validation = Validation()
    validation.text(input.reason, "reason", length: Input.reasonLength)
    try validation.finish()
    let user = try context.requireUser()
    let work = context.ownWork(because: "reject_refund")
    guard let refund = try await work.holdRefund(input.id)?.refund else { throw Problem.notFound("refund") }
    try context.requireVersion(refund.version)
    try refund.status.mustAllow(.rejected)
    try SupportLimit.require(refund.amount, of: context.caller)
    try await work.reject(refund, by: user.description, reason: input.reason)
    return try await RefundView.reply(input.id, from: context.db)
  }
}
