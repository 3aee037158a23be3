import FunctionKit

/// What a caller asks to be paid out, once it has been found acceptable.
struct PayoutRequest: Sendable, Equatable {
  var referenceID: String
  var channel: String
  var account: String
  var amount: Int
  /// All of it, as it came.
  var body: JSON

  static var jsonSchema: JSON {
    [
      "type": "object",
      "properties": [
        "reference_id": ["type": "string", "minLength": 1, "maxLength": 255],
        "channel_code": ["enum": .array(PayoutChannel.all.map { .string($0.code) })],
        "channel_properties": [
          "type": "object",
          "properties": [
            "account_number": ["type": "string", "pattern": "^[0-9]{5,30}$"],
            "account_holder_name": ["type": "string", "minLength": 1, "maxLength": 100],
          ], "required": ["account_number", "account_holder_name"],
        ],
        "amount": ["type": "number", "minimum": .number(JSONNumber(PayoutChannel.minimum))],
        "currency": ["enum": ["IDR"]],
      ], "required": ["reference_id", "channel_code", "channel_properties", "amount", "currency"],
    ]
  }

  /// - Throws: ``Refusal``.
  init(_ body: JSON) throws(Refusal) {
    var form = Form(body)
    referenceID = form.requiredText("reference_id", 1...255)
    channel = form.requiredText("channel_code", 1...40)
    form.require(form.requiredText("currency", 3...3) == "IDR", "currency", "must be IDR")
    _ = form.text("description", 1...100)
    let amount = form.rupiah("amount")
    form.require(amount != nil, "amount", "is required")
    try form.finish()
    var destination = Form(body["channel_properties"] ?? .null, path: "body/channel_properties")
    account = destination.requiredText("account_number", 1...100)
    let known = PayoutChannel.named(channel)
    if known?.category == .bank { _ = destination.requiredText("account_holder_name", 1...100) }
    try destination.finish()
    self.amount = amount ?? 0
    self.body = body
    try check(known)
  }

  private func check(_ channel: PayoutChannel?) throws(Refusal) {
    guard let channel else {
      throw Refusal(400, "CHANNEL_CODE_NOT_SUPPORTED", "There is no channel \(self.channel).")
    }
    guard account.wholeMatch(of: /[0-9]{5,30}/) != nil else {
      throw Refusal(400, "RECIPIENT_ACCOUNT_NUMBER_ERROR", "An account number is 5 to 30 digits.")
    }
    if amount < PayoutChannel.minimum {
      throw Refusal(400, "MINIMUM_TRANSFER_LIMIT_ERROR", "At least \(PayoutChannel.minimum) are paid out.")
    }
    if amount > channel.maximum {
      throw Refusal(400, "MAXIMUM_TRANSFER_LIMIT_ERROR", "At most \(channel.maximum) are paid out to \(channel.code).")
    }
  }
}
