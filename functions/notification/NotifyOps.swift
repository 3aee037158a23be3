import FunctionKit

/// Tells those who look after the warehouse or the money that something needs a look; of the same thing once in six hours.
struct NotifyOps: EventHandler {
  struct Input: Decodable {
    var productId: ID?
    var sku: String?
    var currentStock: Int?
    var purchaseOrderId: ID?
    var poNumber: String?
    var totalCost: Int?
    var orderId: ID?
    var reason: String?
    var runId: ID?
    var date: String?
    var amountDifference: Int?
    var payoutId: ID?
    var kind: String?
    var amount: Int?
    var failureCode: String?
  }

  private static let pause: Int64 = 6 * 3_600

  func handle(_ input: Input, context: Context) async throws {
    guard let event = context.event, let role = try await EventRoute.role(event.type, in: context.db) else { return }
    let users = try await context.asking { try await context.services.users(of: role) } ?? []
    let about = input.subject?.description ?? event.subject
    try await context.tell(
      users.map { user in
        Announcement(
          userID: user, relatedType: "ops", relatedID: input.subject,
          occasion: "\(event.type):\(about):\(event.time.seconds / Self.pause)", values: input.values)
      })
  }
}

extension NotifyOps.Input {
  fileprivate var subject: ID? { runId ?? payoutId ?? purchaseOrderId ?? orderId ?? productId }

  fileprivate var values: [String: TemplateValue] {
    known([
      "productId": productId.map(TemplateValue.id), "sku": sku.map(TemplateValue.text),
      "stock": currentStock.map { .text(String($0)) }, "purchaseOrderId": purchaseOrderId.map(TemplateValue.id),
      "number": poNumber.map(TemplateValue.text), "cost": totalCost.map(TemplateValue.rupiah),
      "orderId": orderId.map(TemplateValue.id), "reason": reason.map(TemplateValue.text),
      "runId": runId.map(TemplateValue.id), "date": date.map(TemplateValue.text),
      "difference": amountDifference.map(TemplateValue.rupiah), "kind": kind.map(TemplateValue.text),
      "amount": amount.map(TemplateValue.rupiah), "code": failureCode.map(TemplateValue.text),
    ])
  }
}
