import FunctionKit

/// Takes a WhatsApp message, as a bridge does.
struct SendChat: Endpoint {
  struct Input: Decodable {
    var instance: String
    var number: String
    var text: String
  }

  func handle(_ input: Input, context: Context) async throws -> CarrierAnswer {
    let isLetIn = context.header("apikey") == (try context.secret("WHATSAPP_BRIDGE_KEY"))
    let id = context.newID()
    let message = CarriedMessage(
      id: id, carrier: .whatsapp, messageId: id.description, recipient: input.number, title: "", body: input.text,
      reference: nil, status: "sent", created: context.now)
    return try await context.carry(
      by: .whatsapp, isLetIn: isLetIn, message,
      taken: CarrierAnswer(201, ["key": ["id": .string(id.description)], "status": "PENDING"]))
  }
}
