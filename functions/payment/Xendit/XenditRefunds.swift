import FunctionKit

extension RefundGateway {
  /// The provider itself.
  static func xendit(_ context: Context, for refund: RefundRecord) -> RefundGateway {
    let calls = XenditCalls(context: context, refund: refund.id)
    return RefundGateway(
      create: { new in
        var request = UpstreamRequest("xendit", "POST", "/refunds")
        request.timeout = .seconds(15)
        request.headers.append((name: "idempotency-key", value: new.referenceId))
        try request.setBody(json: new)
        return try await calls.refund("create_refund", request)
      },
      find: { try await find(invoice: $0, reference: $1, calls) },
      get: { try await calls.refund("get_refund", .short("GET", "/refunds/\($0)")) })
  }

  private struct List: Decodable {
    var data: [XenditRefund]
    var hasMore: Bool?

    enum CodingKeys: String, CodingKey {
      case data
      case hasMore = "has_more"
    }
  }

  /// Page by page: an invoice of many orders may have many.
  private static func find(
    invoice: String, reference: String, _ calls: XenditCalls
  ) async throws -> RefundReport? {
    var last: String?
    while true {
      let after = last.map { "&after_id=\($0)" } ?? ""
      let page: List = try await calls.ask(
        "find_refund", .short("GET", "/refunds?invoice_id=\(invoice)&limit=50\(after)"))
      if let found = page.data.first(where: { $0.referenceID == reference }) { return try reported(found) }
      guard page.hasMore == true, let next = page.data.last?.id, next != last else { return nil }
      last = next
    }
  }
}

extension XenditCalls {
  fileprivate func refund(_ action: String, _ request: UpstreamRequest) async throws -> RefundReport {
    try reported(decoded(XenditRefund.self, await send(action, request)))
  }

  /// A question that was refused says nothing about the refund.
  fileprivate func ask<Answer: Decodable>(_ action: String, _ request: UpstreamRequest) async throws -> Answer {
    do {
      return try decoded(Answer.self, await send(action, request))
    } catch GatewayFailure.refused(let code, let message) {
      throw GatewayFailure.unavailable("\(code): \(message)")
    }
  }
}

private func reported(_ refund: XenditRefund) throws -> RefundReport {
  do { return try refund.report() } catch {
    throw GatewayFailure.unavailable("the answer makes no sense: \(error.reason)")
  }
}
