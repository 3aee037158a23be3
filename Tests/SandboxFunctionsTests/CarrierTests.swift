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

@Suite struct `Carriers of the sandbox` {
  private func withCarriers(_ body: @escaping @Sendable (SandboxScene) async throws -> Void) async throws {
    let secrets = ["SENDGRID_WEBHOOK_PRIVATE_KEY": signingKey, "FCM_PRIVATE_KEY": signingKey]
    try await withBundle("sandbox", Sandbox.self, secrets: secrets) { sandbox in
      let scene = SandboxScene(sandbox)
      let merchant = scene.merchant
      sandbox.on("merchant") { merchant.take($0) }
      try await body(scene)
    }
  }

  @Test func `a mail is taken, shown and reported with a signature`() async throws {
    try await withCarriers { scene in
      let reply = try await scene.mail()
      #expect(reply.status == 202 && reply.header("x-message-id") != nil && reply.body.isEmpty)
      let page = String(decoding: try await scene.sandbox.call("ShowOutbox").body, as: UTF8.self)
      #expect(page.contains("sari@example.com") && page.contains("Lunas &lt;1&gt;"))
      try await scene.deliver()
      let report = try #require(scene.merchant.requests.first)
      #expect(report.path == "/webhooks/sendgrid")
      let event = try JSON.parse(report.body).array?.first
      #expect(event?["event"] == "delivered" && event?["msg_id"] == "n-1")
      #expect(event?["sg_message_id"]?.string?.hasPrefix(reply.header("x-message-id") ?? "?") == true)
      let names = Set(report.headers.map { $0.name })
      #expect(names.contains("x-twilio-email-event-webhook-signature"))
      #expect(names.contains("x-twilio-email-event-webhook-timestamp"))
    }
  }

  @Test func `a wrong key is not let in`() async throws {
    try await withCarriers { scene in
      #expect(try await scene.mail(key: "guess").status == 401)
      #expect(try await scene.chat(key: "guess").status == 401)
      let kept: Int = try await scene.sandbox.one("select count(*) from carried_message")
      #expect(kept == 0)
    }
  }

  @Test(arguments: [
    ("reject", 400), ("server_error", 500), ("rate_limited", 429), ("timeout_before", 504), ("timeout_after", 504),
  ])
  func `a carrier misbehaves as it is told, until it is told otherwise`(fault: String, status: Int) async throws {
    try await withCarriers { scene in
      try await scene.set(["stallSeconds": 0])
      let query = [(name: "carrier", value: "whatsapp"), (name: "fault", value: fault)]
      #expect(try await scene.sandbox.call("UseCarrierFault", query: query).status == 303)
      #expect(try await scene.chat().status == status)
      #expect(try await scene.mail().status == 202)
      let kept: Int = try await scene.sandbox.one("select count(*) from carried_message where carrier = 'whatsapp'")
      #expect(kept == (fault == "timeout_after" ? 1 : 0))
      _ = try await scene.sandbox.call("UseCarrierFault", query: [query[0]])
      #expect(try await scene.chat().status == 201)
    }
  }

  @Test func `anything can be reported of a message, that its carrier reports at all`() async throws {
    try await withCarriers { scene in
      _ = try await scene.chat()
      try await scene.deliver()
      let id: ID = try await scene.sandbox.one("select id from carried_message")
      for (what, status) in [("read", 303), ("bounce", 422)] {
        let reply = try await scene.sandbox.call(
          "ReportMessage", path: [("id", id.description)], query: [("what", what)])
        #expect(reply.status == status)
      }
      try await scene.deliver()
      let told = try scene.merchant.requests.map { try JSON.parse($0.body)["status"]?.string }
      #expect(told == ["delivered", "read"])
      let signature = scene.merchant.requests[0].headers.first { $0.name == "x-whatsapp-signature" }?.value
      #expect(signature?.utf8.count == 64)
    }
  }
}

extension SandboxScene {
  fileprivate func mail(key: String = "test-SENDGRID_API_KEY") async throws -> TestReply {
    let body: JSON = [
      "personalizations": [["to": [["email": "sari@example.com"]], "custom_args": ["msg_id": "n-1"]]],
      "from": ["email": "no-reply@example.com"], "subject": "Lunas <1>",
      "content": [["type": "text/plain", "value": "Sudah"]],
    ]
    return try await sandbox.call("SendMail", body: body, headers: ["authorization": "Bearer " + key])
  }

  fileprivate func chat(key: String = "test-WHATSAPP_BRIDGE_KEY") async throws -> TestReply {
    try await sandbox.call(
      "SendChat", path: [("instance", "lakoo")], body: ["number": "6281234567890", "text": "Halo"],
      headers: ["apikey": key])
  }
}
