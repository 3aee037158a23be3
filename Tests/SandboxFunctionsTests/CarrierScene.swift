import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import SandboxFunctions

/// P-256 in PKCS#8, good for nothing but tests.
private let signingKey = """
  MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpeIcvfJ9MMpP9NMHqft7Z88Zmg4IPOKuCU57RCzjyPOhRANCAATgWs2QhOCQ\
  97FmMj4Otczd2iSypt2TaOj1PNG74snlnmFS3QMk7oluZXe98WmTu4i3/8sfeJq7wwxKw1EO5Nyq
  """

/// RSA of 2,048 bits in PKCS#8, good for nothing but tests: service accounts sign with such keys.
private let accountKey = """
  MIIEowIBAAKCAQEAtUrKYRa+ie4lwcrdCFgGwgfjsgxFW0VX4CNvpiGUif70NEoxaABDRCHwh9XM7veyGD5nO1td+RzFWKNUJMGoTgirBsg+RK\
  Wn1fC3V6izTgnSoWPA4vYPnxtX1Uc9qtYXgkwZ7hF4LOPbr7Lv38ZXT4dDTNWvnA1u+WrPkv/3RpXgh24T8WNGLSYjU4lDtEDvbB//NWnLWTew\
  +KV8W+1Rec20VXD9VAAU1h3zBcakh9XMw7Pi4MQwt9IFFzBY+6/r+/T0t8w9W2osWHfwJm8grUZo+yZgf69BfqdY2i8ogSBY7OSyegjRvt9PWt\
  H1RQdpaLa3CZGM3onRshJOg36CbQIDAQABAoIBACFxf1V7PmGP9Nej3nQGVxLOpUaoZFgCugP/TX6iZbYyOeb2g9g5ai9EqoxIWNKBj5FQ27bT\
  s0l78PzZvnE8Z1mj2Db7VB9SRtyc2Bmb5Z3hCoHats+3kCisAN83kez0qygOdV8ZSmfPjeyC0CTiACPL4lKnfcqGIOFyfoHR5dIXjmFY25IBSf\
  e5V6wkEyilS/FWTXyF9U2kFBCTuaLkdrBV3NPZOshUoVkKbe6I34+Fyvw7J2zHsyrSb2APAfmWGLkRKotxiH2s4gpNobgeqbM5Z04efBSM0Hwt\
  7+PzRUba7d9nM+6GkyFgiKxfLUFP9LaA1uXin2pxuZhbyIjToBECgYEA8v0gDwMHAHnShsBlWa+v34Lpy++gra3sQFunLoEA6fsa3G6X3LDSZo\
  nJyArqYm51TnWojZyyvfywBS8/h5FA0PYes1XMGV80nMEZRxc8pmDoHfrgjE6/F2vZXqjlRA1dhO8rnZpQjcv8XnJyDoCwpDJCsR0fZg6etEm1\
  Ty22Y50CgYEAvv/ukyqNobXyG8B/Qwm6nxaEAZFseqbNhMS+RDqJcP2oRLBeerWJ+o5g0g0XQp1lNGNKV1ZOyFXqESyhJCepnFhtS0ZFMYm9c7\
  Mt77LyFqa9qhTanwEUZNrztamC6WjmM4qX1cXhgs1om1+aeVcb1alF+ZhT8yId3B5CPr8Y6RECgYBbFCARIGxedEtCMRmMLXs5x0NFKtPKZfe5\
  A+G9X6NtEK830shfc3PZ9WnJ7rV+IbMcrqN4OTUSW4XK27PvZ7Wo3agSRmWTWQlKfGKyL/aO0qIOorvKO7YK3GUEwz/0ayITsuZhU7c//ybga/\
  tujjQnx6MR6j2brn00TLCGNjc4TQKBgEhcdAmDXKdAZFpJQq2mOPLet+JUMxIAseo0E5WLy9hn8WEcpJ6+umiXmmzaEs7lDJudZmPSSgSyL/yT\
  uPUWpbaa9cVH+Rz8fy8fWi7uz7LvNvoB7pXA9fYD0cMoVnWRjW1He6C82GQS6Ce9P6vq6Zu4Bs+5+0wox8FGIXjeM1TRAoGBALZwJLw7x02Px6\
  oihGbX/ELeWyZL9Zw1DkS0vu6S3aGjBHjX+WHZr3hGTFsum988K6lL6RJEHxAlvvjDq7BQfnJsTbgQLsTMZRcASHnWL/+2sbeiVKIXSIzTzC8Y\
  ZdDJP2jptM0fovYR7NQchJnfrx173qjY4pzIIGaaNw+VU7LB
  """

extension SandboxScene {
  static func withCarriers(_ body: @escaping @Sendable (SandboxScene) async throws -> Void) async throws {
    let secrets = ["SENDGRID_WEBHOOK_PRIVATE_KEY": signingKey, "FCM_PRIVATE_KEY": accountKey]
    try await withBundle("sandbox", Sandbox.self, secrets: secrets) { sandbox in
      let scene = SandboxScene(sandbox)
      let merchant = scene.merchant
      sandbox.on("merchant") { merchant.take($0) }
      try await body(scene)
    }
  }

  func mail(key: String = "test-SENDGRID_API_KEY") async throws -> TestReply {
    let body: JSON = [
      "personalizations": [["to": [["email": "sari@example.com"]], "custom_args": ["msg_id": "n-1"]]],
      "from": ["email": "no-reply@example.com"], "subject": "Lunas <1>",
      "content": [["type": "text/plain", "value": "Sudah"]],
    ]
    return try await sandbox.call("SendMail", body: body, headers: ["authorization": "Bearer " + key])
  }

  func chat(key: String = "test-WHATSAPP_BRIDGE_KEY") async throws -> TestReply {
    try await sandbox.call(
      "SendChat", path: [("instance", "lakoo")], body: ["number": "6281234567890", "text": "Halo"],
      headers: ["apikey": key])
  }

  /// A text message to a number, as a form's fields.
  func text(
    account: String = "test-TWILIO_ACCOUNT_SID", credentials: String = "test-TWILIO_ACCOUNT_SID:test-TWILIO_AUTH_TOKEN",
    without field: String? = nil
  ) async throws -> TestReply {
    var body: JSONObject = ["To": "+6281234567890", "Body": "Lakoo: sudah", "MessagingServiceSid": "MG1"]
    if let field { body[field] = nil }
    return try await sandbox.call(
      "SendText", path: [("account", account)], body: .object(body),
      headers: ["authorization": "Basic " + base64Encode(Array(credentials.utf8))])
  }

  func push(access: String, token: String? = "token-0123456789", call: String = "messages:send") async throws
    -> TestReply
  {
    var message: JSONObject = ["notification": ["title": "Lunas <1>", "body": "Sudah"]]
    message["token"] = token.map(JSON.string)
    return try await sandbox.call(
      "SendPush", path: [("project", "lakoo"), ("call", call)], body: ["message": .object(message)],
      headers: ["authorization": "Bearer " + access])
  }

  func carried(_ carrier: String) async throws -> [String] {
    try await sandbox.query(
      "select recipient || ' ' || title || ' ' || body || ' ' || status from carried_message where carrier = \(carrier)",
      as: String.self)
  }

  func misbehave(_ carrier: String, _ fault: String?) async throws {
    var query = [(name: "carrier", value: carrier)]
    if let fault { query.append((name: "fault", value: fault)) }
    #expect(try await sandbox.call("UseCarrierFault", query: query).status == 303)
  }
}
