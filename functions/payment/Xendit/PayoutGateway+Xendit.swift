import FunctionKit

extension PayoutGateway {
  private static let patience: Duration = .seconds(15)

  /// The provider itself.
  static func xendit(_ context: Context, for payout: PayoutRecord) -> PayoutGateway {
    let calls = XenditCalls(context: context, payout: payout.id)
    return PayoutGateway(
      create: { new in
        var request = UpstreamRequest("xendit", "POST", "/v2/payouts")
        request.headers.append((name: "idempotency-key", value: new.referenceId))
        request.timeout = patience
        try request.setBody(json: new)
        return try reported(decoded(XenditPayout.self, await calls.send("create_payout", request)))
      },
      find: { try await find($0, calls) })
  }

  private static func find(_ externalId: String, _ calls: XenditCalls) async throws -> PayoutReport? {
    var request = UpstreamRequest("xendit", "GET", "/v2/payouts?reference_id=\(externalId)")
    request.timeout = .seconds(5)
    let response: UpstreamResponse
    do {
      response = try await calls.send("find_payout", request)
    } catch GatewayFailure.refused(let code, let message) {
      // A question that was refused says nothing about the payout.
      throw GatewayFailure.unavailable("\(code): \(message)")
    }
    // Older answers are a bare array.
    let payouts = try (try? response.decode([XenditPayout].self)) ?? decoded(XenditPayouts.self, response).data
    return try payouts.first { $0.referenceID == externalId }.map(reported)
  }

  private static func reported(_ payout: XenditPayout) throws -> PayoutReport {
    do { return try payout.report() } catch {
      throw GatewayFailure.unavailable("the answer makes no sense: \(error.reason)")
    }
  }
}
