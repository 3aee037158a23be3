import FunctionKit

/// Tells a customer of a support ticket, and support of one that needs somebody.
struct NotifyTicket: EventHandler {
  struct Input: Decodable {
    var ticketId: ID
    var ticketNumber: String
    var userId: ID?
    var agentId: ID?
    var excerpt: String?
    var toPriority: String?
  }

  func handle(_ ticket: Input, context: Context) async throws {
    guard let event = context.event else { return }
    let values = known([
      "ticketId": .id(ticket.ticketId), "number": .text(ticket.ticketNumber),
      "excerpt": ticket.excerpt.map(TemplateValue.text), "priority": ticket.toPriority.map(TemplateValue.text),
    ])
    try await context.tell(
      try await recipients(of: ticket, event.type, context).map { user in
        Announcement(userID: user, relatedType: "ticket", relatedID: ticket.ticketId, values: values)
      })
  }

  private func recipients(of ticket: Input, _ type: String, _ context: Context) async throws -> [ID] {
    if let role = try await EventRoute.role(type, in: context.db) {
      return try await context.asking { try await context.services.users(of: role) } ?? []
    }
    return (type == "ticket.assigned" ? ticket.agentId : ticket.userId).map { [$0] } ?? []
  }
}
