import FunctionKit

/// What a caller asks to be collected, once it has been found acceptable.
struct InvoiceRequest: Sendable, Equatable {
  var externalID: String
  var amount: Int
  var duration: Int
  /// Everything else, as it came.
  var rest: JSONObject

  private static let longest = 31_536_000
  private static let largest = 50_000_000_000

  static var jsonSchema: JSON {
    [
      "type": "object",
      "properties": [
        "external_id": ["type": "string", "minLength": 1, "maxLength": 255],
        "amount": ["type": "number", "minimum": 1, "maximum": .number(JSONNumber(largest))],
        "invoice_duration": ["type": "integer", "minimum": 1, "maximum": .number(JSONNumber(longest))],
        "currency": ["enum": ["IDR", nil]],
      ], "required": ["external_id", "amount"],
    ]
  }

  /// - Throws: ``Refusal``.
  init(_ body: JSON) throws(Refusal) {
    guard var object = body.object else { throw .invalid([.init(path: "body", message: "must be an object")]) }
    var errors: [Refusal.Item] = []
    let externalID = Self.text(object["external_id"], "external_id", required: true, &errors)
    for name in ["description", "success_redirect_url", "failure_redirect_url"] {
      _ = Self.text(object[name], name, required: false, &errors)
    }
    // A fraction of a rupiah is cut off, not refused.
    let amount = object["amount"]?.double.flatMap { Int(exactly: $0.rounded(.towardZero)) } ?? 0
    if amount < 1 { errors.append(.init(path: "body/amount", message: "must be a positive number")) }
    let duration = object["invoice_duration"].map { $0.double.flatMap { Int(exactly: $0) } ?? 0 } ?? 86_400
    if !(1...Self.longest).contains(duration) {
      errors.append(.init(path: "body/invoice_duration", message: "must be 1 to \(Self.longest)"))
    }
    for (name, most) in [("items", 75), ("fees", 10)] where object[name]?.array?.count ?? 0 > most {
      errors.append(.init(path: "body/\(name)", message: "must have at most \(most) entries"))
    }
    if !errors.isEmpty { throw .invalid(errors) }
    try Self.check(object, amount)
    for name in ["external_id", "amount", "invoice_duration"] { object[name] = nil }
    self.externalID = externalID ?? ""
    self.amount = amount
    self.duration = duration
    rest = object
  }

  private static func text(
    _ value: JSON?, _ name: String, required: Bool, _ errors: inout [Refusal.Item]
  ) -> String? {
    if value == nil && !required || value?.isNull == true && !required { return nil }
    guard let text = value?.string, (1...255).contains(text.count) else {
      errors.append(.init(path: "body/\(name)", message: "must be text of 1 to 255 characters"))
      return nil
    }
    return text
  }

  private static func check(_ object: JSONObject, _ amount: Int) throws(Refusal) {
    if amount > largest {
      throw Refusal(400, "MAXIMUM_TRANSFER_AMOUNT_ERROR", "The amount is more than any channel can collect.")
    }
    if let currency = object["currency"], currency != "IDR", !currency.isNull {
      throw Refusal(400, "UNSUPPORTED_CURRENCY", "Only IDR is supported.")
    }
    for email in [object["payer_email"], object["customer"]?["email"]].compactMap({ $0?.string }) {
      guard email.split(separator: "@", omittingEmptySubsequences: false).count == 2 else {
        throw Refusal(400, "EMAIL_FORMAT_ERROR", "\(email) is not an e-mail address.")
      }
    }
    for method in object["payment_methods"]?.array ?? [] {
      guard let code = method.string, PaymentMethod.named(code) != nil else {
        throw Refusal(400, "UNAVAILABLE_PAYMENT_METHOD_ERROR", "A payment method is not activated.")
      }
    }
  }
}
