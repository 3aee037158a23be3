import FunctionKit

/// Takes a push, as FCM does.
struct SendPush: Endpoint {
  /// What a token begins with that leads to no device any longer.
  static let gone = "unregistered"

  struct Input: Decodable {
    var project: String
    /// `messages:send`.
    var call: String
    var message: JSON
  }

  func handle(_ input: Input, context: Context) async throws -> CarrierAnswer {
    let id = context.newID()
    let name = "projects/\(input.project)/messages/\(id)"
    guard input.call == "messages:send" else { throw Problem.notFound("call") }
    guard context.header("authorization") == "Bearer " + (try context.accessToken()) else {
      return CarrierName.fcm.refusal(401)
    }
    guard let token = input.message["token"]?.string else { return CarrierName.fcm.refusal(400) }
    if token.hasPrefix(Self.gone) { return CarrierName.fcm.refusal(404) }
    let shown = input.message["notification"]
    let message = CarriedMessage(
      id: id, carrier: .fcm, messageId: String(name.suffix(120)), recipient: token,
      title: shown?["title"]?.string ?? "",
      body: shown?["body"]?.string ?? "", reference: nil, status: "sent", created: context.now)
    return try await context.carry(
      by: .fcm, isLetIn: true, message, taken: CarrierAnswer(200, ["name": .string(name)]))
  }
}

/// Lets a service account in that has signed who it is.
struct GrantAccess: Endpoint {
  struct Input: Decodable {
    var assertion: String
  }

  func handle(_ input: Input, context: Context) async throws -> CarrierAnswer {
    let parts = input.assertion.split(separator: ".", omittingEmptySubsequences: false)
    let content = parts.dropLast().joined(separator: ".")
    let signature = try context.sign(Array(content.utf8), with: "FCM_PRIVATE_KEY", as: .privateKey)
    // RSA signs the same text the same way each time.
    guard parts.count == 3, String(parts[2]) == base64URLEncode(signature) else {
      return CarrierAnswer(400, ["error": "invalid_grant"])
    }
    return CarrierAnswer(
      200, ["access_token": .string(try context.accessToken()), "expires_in": 3600, "token_type": "Bearer"])
  }
}

extension Context {
  fileprivate func accessToken() throws -> String {
    base64URLEncode(try sign(Array("access".utf8), with: "FCM_PRIVATE_KEY", as: .hmacSHA256))
  }
}
