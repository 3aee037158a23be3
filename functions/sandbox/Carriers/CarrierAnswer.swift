import FunctionKit

/// An answer of a carrier, in its own form.
struct CarrierAnswer: DescribedReply, Sendable {
  private let content: RawReply

  init(_ status: Int, _ body: JSON? = nil, headers: [(name: String, value: String)] = []) {
    content = RawReply(
      status: status, headers: headers, contentType: body == nil ? nil : "application/json",
      body: body?.serialized() ?? [])
  }

  static func answers(_ describer: SchemaDescriber) -> [AnswerShape] {
    [AnswerShape("200", "application/json", ["type": "object"]), AnswerShape("202", nil)]
      + ["201", "400", "401", "404", "429", "500", "504"].map {
        AnswerShape($0, "application/json", ["type": "object"])
      }
  }

  func reply() -> RawReply { content }

  func encode(to encoder: any Encoder) throws { try String(decoding: content.body, as: UTF8.self).encode(to: encoder) }
}

extension Context {
  /// Takes a message, unless its carrier was told to do something else.
  func carry(
    by carrier: CarrierName, isLetIn: Bool, _ message: CarriedMessage, taken: CarrierAnswer
  ) async throws -> CarrierAnswer {
    guard isLetIn else { return carrier.refusal(401) }
    let fault: CarrierFault? = try await db.first("select fault from carrier_fault where carrier = \(carrier)")
    switch fault {
    case .serverError: return carrier.refusal(500)
    case .rateLimited: return carrier.refusal(429)
    case .reject: return carrier.refusal(carrier == .fcm ? 404 : 400)
    case .timeoutBefore, .timeoutAfter, nil: break
    }
    if fault != .timeoutBefore { try await transaction { try await $0.carry(message, self) } }
    guard fault != nil else { return taken }
    try await Task.sleep(for: .seconds(try await db.faults().stallSeconds))
    return carrier.refusal(504)
  }
}

extension CarrierName {
  /// What it says when it does not take a message.
  func refusal(_ status: Int) -> CarrierAnswer {
    switch self {
    case .sendgrid:
      CarrierAnswer(
        status, ["errors": [["message": "The sandbox was told so.", "field": .null, "help": .null]]],
        headers: status == 429 ? [(name: "x-ratelimit-remaining", value: "0")] : [])
    case .twilio:
      CarrierAnswer(
        status,
        [
          "code": .number(JSONNumber(twilioCode(status))), "message": "The sandbox was told so.",
          "status": .number(JSONNumber(status)),
        ])
    case .fcm:
      CarrierAnswer(status, ["error": .object(fcmError(status))])
    case .whatsapp:
      CarrierAnswer(
        status,
        [
          "status": .number(JSONNumber(status)), "error": "The sandbox was told so.",
          "response": ["message": status == 400 ? [["exists": false]] : []],
        ])
    }
  }

  private func twilioCode(_ status: Int) -> Int {
    switch status {
    case 400: 21211
    case 401: 20003
    case 429: 20429
    default: 20500
    }
  }

  private func fcmError(_ status: Int) -> JSONObject {
    let codes = [
      400: "INVALID_ARGUMENT", 404: "UNREGISTERED", 429: "QUOTA_EXCEEDED", 500: "INTERNAL", 504: "UNAVAILABLE",
    ]
    guard let code = codes[status] else { return ["code": .number(JSONNumber(status)), "status": "UNAUTHENTICATED"] }
    return ["code": .number(JSONNumber(status)), "details": [["errorCode": .string(code)]]]
  }
}
