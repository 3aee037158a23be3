import FunctionKit

/// Works through what the provider says about a refund without being asked: that the money went back, or did not.
///
/// The delivery, the change of state, the books and the announcements are one transaction. What makes no sense is kept
/// for a person and acknowledged all the same, since the provider could only repeat it.
struct XenditRefundWebhook: Webhook {
  static let kind = "xendit_refund"

  func handle(_ input: RefundDelivery, context: Context) async throws {
    let work = context.ownWork(because: Self.kind)
    let key = input.deliveryID
    let reference = String((input.refund.referenceID ?? input.refund.id).prefix(64))
    guard try await work.receive(Self.kind, key: key, reference: reference, body: input.body) else { return }
    let outcome = try await outcome(of: input, work)
    if case .parked(let reason) = outcome { context.log.error("webhook about \(reference) is parked: \(reason)") }
    try await work.finish(Self.kind, key: key, outcome)
  }

  func outcome(of delivery: RefundDelivery, _ work: Work) async throws -> Outcome {
    guard ["refund.succeeded", "refund.failed"].contains(delivery.event) else {
      return .ignored("event \(delivery.event) is not known")
    }
    let report: RefundReport
    do throws(XenditRefund.Unreadable) {
      report = try delivery.refund.report()
    } catch {
      return .parked(error.reason)
    }
    return try await work.take(report)
  }
}

/// The refund, and the body without what it tells of the payer. The refund may stand one level deeper than it should.
struct RefundDelivery: Delivery {
  let body: JSON
  let event: String
  let refund: XenditRefund

  private enum CodingKeys: String, CodingKey { case event, data }

  init(from decoder: any Decoder) throws {
    body = withoutPersonalData(try JSON(from: decoder))
    let members = try decoder.container(keyedBy: CodingKeys.self)
    event = try members.decode(String.self, forKey: .event)
    refund = try members.decode(Nested.self, forKey: .data).refund
  }

  /// The refund, or what holds it.
  private struct Nested: Decodable {
    let refund: XenditRefund

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      refund =
        members.contains(.data)
        ? try members.decode(XenditRefund.self, forKey: .data) : try XenditRefund(from: decoder)
    }
  }

  var deliveryID: String { "\(refund.id):\(event)" }
}

extension RefundDelivery: SchemaDescribing {
  static var jsonSchema: JSON {
    [
      "type": "object",
      "properties": [
        "event": ["type": "string"],
        "data": [
          "type": "object",
          "properties": [
            "id": ["type": "string"], "reference_id": ["type": "string"], "status": ["type": "string"],
            "amount": ["type": "number"],
          ], "required": ["id", "amount"],
        ],
      ], "required": ["event", "data"],
    ]
  }
}
