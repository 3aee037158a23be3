import FunctionKit

extension InvoiceRecord {
  /// What the provider posts to the merchant; flat, without an event's name, and absent is absent.
  var webhookBody: JSON {
    var body: JSONObject = [
      "id": .string(id), "external_id": .string(externalId), "user_id": .string(Merchant.userID), "is_high": false,
      "status": .string(status.rawValue), "merchant_name": .string(Merchant.name),
      "amount": .number(JSONNumber(amount)), "currency": "IDR", "created": .string(created.description),
      "updated": .string(updated.description),
    ]
    if status == .paid { addPayment(to: &body) }
    for name in ["payer_email", "description", "items", "fees", "success_redirect_url", "failure_redirect_url"] {
      if let value = request[name], !value.isNull { body[name] = value }
    }
    return .object(body)
  }

  private func addPayment(to body: inout JSONObject) {
    body["paid_amount"] = .number(JSONNumber(amount))
    body["paid_at"] = paidAt.map { .string($0.description) }
    body["payment_id"] = paymentId.map(JSON.string)
    guard let method else { return }
    body["payment_method"] = .string(method.group.rawValue)
    body["payment_channel"] = .string(method.code)
    switch method.group {
    case .bank: body["bank_code"] = .string(method.code)
    case .ewallet: body["ewallet_type"] = .string(method.code)
    case .retail: body["retail_outlet_name"] = .string(method.code)
    case .card, .qrCode, .directDebit, .paylater: break
    }
  }
}
