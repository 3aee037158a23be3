import FunctionKit

/// What a caller asks to be given back, once its form has been found acceptable.
struct RefundRequest: Sendable, Equatable {
  static let reasons = ["FRAUDULENT", "DUPLICATE", "REQUESTED_BY_CUSTOMER", "CANCELLATION", "OTHERS"]

  var invoiceID: String
  var referenceID: String?
  /// Nil for all that is left.
  var amount: Int?
  var reason: String?
  /// All of it, as it came.
  var body: JSON

  static var jsonSchema: JSON {
    [
      "type": "object",
      "properties": [
        "invoice_id": ["type": "string"], "reference_id": ["type": "string", "minLength": 1, "maxLength": 255],
        "amount": ["type": "number", "minimum": 1], "currency": ["enum": ["IDR"]],
        "reason": ["enum": .array(reasons.map(JSON.string))],
      ], "required": ["invoice_id"],
    ]
  }

  /// - Throws: ``Refusal``.
  init(_ body: JSON) throws(Refusal) {
    var form = Form(body)
    let invoiceID = form.text("invoice_id", 1...64)
    let paymentRequestID = form.text("payment_request_id", 1...64)
    referenceID = form.text("reference_id", 1...255)
    amount = form.rupiah("amount")
    reason = form.text("reason", 1...40)
    form.require(invoiceID != nil || paymentRequestID != nil, "invoice_id", "or payment_request_id is required")
    form.require(reason.map(Self.reasons.contains) ?? true, "reason", "must be one of \(Self.reasons)")
    form.require(form.text("currency", 3...3) ?? "IDR" == "IDR", "currency", "must be IDR")
    try form.finish()
    // Payment requests are another product, of which there is none here.
    guard let invoiceID else { throw .noData }
    self.invoiceID = invoiceID
    self.body = body
  }
}

extension RefundRequest {
  /// How much is given back, of an invoice that was paid.
  /// - Parameters:
  ///   - left: what has not been given back or is about to be.
  ///   - age: since when it is paid.
  func amount(of invoice: InvoiceRecord, left: Int, age: Duration) throws(Refusal) -> Int {
    let policy = RefundPolicy.of(invoice.paymentChannel ?? "")
    guard policy.mode != .none else {
      throw Refusal(403, "REFUND_NOT_SUPPORTED", "This channel does not give money back.")
    }
    if let days = policy.days, age > .hours(24 * (Int64(days) + 1)) {
      throw Refusal(400, "INELIGIBLE_TRANSACTION", "The time in which this channel gives money back is over.")
    }
    guard left > 0 else { throw Refusal(400, "MAXIMUM_REFUND_AMOUNT_REACHED", "All of it was given back already.") }
    let amount = amount ?? left
    guard amount <= left else { throw Refusal(400, "REFUND_AMOUNT_EXCEEDED", "Only \(left) are left to give back.") }
    guard policy.mode == .partial || amount == invoice.amount else {
      throw Refusal(403, "PARTIAL_REFUND_NOT_SUPPORTED", "This channel gives all back or nothing.")
    }
    return amount
  }
}
