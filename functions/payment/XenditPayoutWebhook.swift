import FunctionKit

/// Works through what the provider says about a payout without being asked: succeeded, failed or reversed.
///
/// The delivery, the change of state, the books and the announcements are one transaction. What makes no sense is kept
/// for a person and acknowledged all the same, since the provider could only repeat it.
struct XenditPayoutWebhook: Webhook {
  static let kind = "xendit_payout"

  func handle(_ input: PayoutDelivery, context: Context) async throws {
    let work = context.ownWork(because: Self.kind)
    let (key, reference) = (input.deliveryID, String(input.payout.referenceID.prefix(64)))
    guard try await work.receive(Self.kind, key: key, reference: reference, body: input.body) else { return }
    let outcome = try await outcome(of: input.payout, work)
    if case .parked(let reason) = outcome { context.log.error("webhook about \(reference) is parked: \(reason)") }
    try await work.finish(Self.kind, key: key, outcome)
  }

  func outcome(of payout: XenditPayout, _ work: Work) async throws -> Outcome {
    let report: PayoutReport
    do throws(Unreadable) {
      report = try payout.report()
    } catch {
      return .parked(error.reason)
    }
    return try await work.take(report)
  }
}

/// The payout, and the body without the account that it went to.
struct PayoutDelivery: Delivery {
  let body: JSON
  let event: String
  let payout: XenditPayout

  private enum CodingKeys: String, CodingKey { case event, data }

  init(from decoder: any Decoder) throws {
    body = withoutPersonalData(try JSON(from: decoder))
    let container = try decoder.container(keyedBy: CodingKeys.self)
    event = try container.decode(String.self, forKey: .event)
    payout = try container.decode(XenditPayout.self, forKey: .data)
  }

  var deliveryID: String { "\(payout.id):\(event)" }
}

extension PayoutDelivery: SchemaDescribing {
  static var jsonSchema: JSON {
    let payout: JSON = [
      "type": "object",
      "properties": [
        "id": ["type": "string"], "reference_id": ["type": "string"], "status": ["type": "string"],
        "amount": ["type": "number"],
      ], "required": ["id", "reference_id", "status", "amount"],
    ]
    return [
      "type": "object", "properties": ["event": ["type": "string"], "data": payout], "required": ["event", "data"],
    ]
  }
}
