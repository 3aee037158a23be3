import FunctionKit

/// Takes a mail, as SendGrid does.
struct SendMail: Endpoint {
  struct Input: Decodable, SchemaDescribing {
    let body: JSON

    init(from decoder: any Decoder) throws { body = try JSON(from: decoder) }

    static let jsonSchema: JSON = ["type": "object"]
  }

  func handle(_ input: Input, context: Context) async throws -> CarrierAnswer {
    let key = try context.secret("SENDGRID_API_KEY")
    let person = input.body["personalizations"]?.array?.first
    guard let to = person?["to"]?.array?.first?["email"]?.string, let text = input.body["content"]?.array?.first,
      input.body["from"]?["email"]?.string != nil
    else { return CarrierName.sendgrid.refusal(400) }
    let id = context.newID()
    let message = CarriedMessage(
      id: id, carrier: .sendgrid, messageId: id.description, recipient: to,
      title: input.body["subject"]?.string ?? "", body: text["value"]?.string ?? "",
      reference: person?["custom_args"]?["msg_id"]?.string, status: "sent", created: context.now)
    return try await context.carry(
      by: .sendgrid, isLetIn: context.header("authorization") == "Bearer " + key, message,
      taken: CarrierAnswer(202, headers: [(name: "x-message-id", value: id.description)]))
  }
}
