import FunctionKit

/// Takes a text message, as Twilio does.
struct SendText: Endpoint {
  struct Input: Decodable {
    var account: String
    var To: String
    var Body: String
    var MessagingServiceSid: String?
    var StatusCallback: String?
  }

  func handle(_ input: Input, context: Context) async throws -> CarrierAnswer {
    let account = try context.secret("TWILIO_ACCOUNT_SID")
    let credentials = account + ":" + (try context.secret("TWILIO_AUTH_TOKEN"))
    let isLetIn =
      input.account == account && context.header("authorization") == "Basic " + base64Encode(Array(credentials.utf8))
    let id = context.newID()
    let sid = "SM" + id.description.filter { $0 != "-" }
    let message = CarriedMessage(
      id: id, carrier: .twilio, messageId: sid, recipient: input.To, title: "", body: input.Body, reference: nil,
      status: "sent", created: context.now)
    return try await context.carry(
      by: .twilio, isLetIn: isLetIn, message,
      taken: CarrierAnswer(201, ["sid": .string(sid), "status": "accepted", "to": .string(input.To)]))
  }
}
