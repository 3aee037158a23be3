import FunctionKit

/// An error in the provider's form.
struct Refusal: Error, Encodable, Sendable, Equatable {
  struct Item: Encodable, Sendable, Equatable {
    var path: String
    var message: String
  }

  var status: Int
  var errorCode: String
  var message: String
  var errors: [Item] = []

  init(_ status: Int, _ errorCode: String, _ message: String, errors: [Item] = []) {
    self.status = status
    self.errorCode = errorCode
    self.message = message
    self.errors = errors
  }

  enum CodingKeys: String, CodingKey {
    case message, errors
    case errorCode = "error_code"
  }

  static func invalid(_ errors: [Item]) -> Refusal {
    Refusal(400, "API_VALIDATION_ERROR", "There's invalid input, see errors.", errors: errors)
  }

  static let notFound = Refusal(404, "INVOICE_NOT_FOUND_ERROR", "There is no such invoice, or it is not pending.")
  static let noData = Refusal(404, "DATA_NOT_FOUND", "There is no such thing.")
  static let keyReused = Refusal(409, "IDEMPOTENCY_ERROR", "The key was used for another refund.")
  static let keyUsed = Refusal(409, "DUPLICATE_ERROR", "The key was used for another payout.")
  static let rateLimited = Refusal(429, "RATE_LIMIT_EXCEEDED", "The sandbox was told to have had enough.")
  static let limitHeaders = [
    (name: "rate-limit-limit", value: "60"), (name: "rate-limit-remaining", value: "0"),
    (name: "rate-limit-reset", value: "1"),
  ]
  static let tooLate = Refusal(504, "SERVER_ERROR", "The sandbox was told to let this call time out.")
  static let invalidKey = Refusal(401, "INVALID_API_KEY", "The API key is missing or wrong.")

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(errorCode, forKey: .errorCode)
    try container.encode(message, forKey: .message)
    if !errors.isEmpty { try container.encode(errors, forKey: .errors) }
  }
}

extension Refusal: SchemaDescribing {
  static var jsonSchema: JSON {
    let item: JSON = [
      "type": "object", "properties": ["path": ["type": "string"], "message": ["type": "string"]],
      "required": ["path", "message"],
    ]
    return [
      "type": "object",
      "properties": [
        "error_code": ["type": "string"], "message": ["type": "string"], "errors": ["type": "array", "items": item],
      ], "required": ["error_code", "message"],
    ]
  }
}
