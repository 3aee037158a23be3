import FunctionKit

extension InvoiceGateway {
  /// The provider itself.
  static func xendit(_ context: Context, for invoice: InvoiceRecord) -> InvoiceGateway {
    let calls = XenditCalls(context: context, invoice: invoice.id)
    return InvoiceGateway(
      create: { new in
        var request = UpstreamRequest("xendit", "POST", "/v2/invoices")
        try request.setBody(json: new)
        return try await calls.invoice("create_invoice", request)
      },
      find: { try await find($0, calls) },
      get: { try await calls.invoice("get_invoice", .short("GET", "/v2/invoices/\($0)")) },
      expire: { try await calls.invoice("expire_invoice", .short("POST", "/invoices/\($0)/expire!")) })
  }

  private static func find(_ externalId: String, _ calls: XenditCalls) async throws -> GatewayReport? {
    let response: UpstreamResponse
    do {
      response = try await calls.send("find_invoice", .short("GET", "/v2/invoices?external_id=\(externalId)"))
    } catch GatewayFailure.refused(let code, let message) {
      // A question that was refused says nothing about the invoice.
      throw GatewayFailure.unavailable("\(code): \(message)")
    }
    let found = try decoded([XenditInvoice].self, response).filter { $0.externalID == externalId }.map(reported)
    return found.first(where: \.status.isPaid)
      ?? found.first { $0.status == .pending } ?? found.first
  }
}

extension UpstreamRequest {
  /// A question, or an order that is safe to repeat: not worth a long wait.
  static func short(_ method: String, _ path: String) -> UpstreamRequest {
    var request = UpstreamRequest("xendit", method, path)
    request.timeout = .seconds(5)
    return request
  }
}

extension XenditCalls {
  fileprivate func invoice(_ action: String, _ request: UpstreamRequest) async throws -> GatewayReport {
    try reported(decoded(XenditInvoice.self, await send(action, request)))
  }
}

/// An answer that can't be read is no answer.
func decoded<Value: Decodable>(_ type: Value.Type, _ response: UpstreamResponse) throws -> Value {
  do { return try response.decode(type) } catch {
    throw GatewayFailure.unavailable("the answer could not be read: \(error)")
  }
}

private func reported(_ invoice: XenditInvoice) throws -> GatewayReport {
  do { return try invoice.report() } catch {
    throw GatewayFailure.unavailable("the answer makes no sense: \(error.reason)")
  }
}
