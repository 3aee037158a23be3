import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import SandboxFunctions

@Suite struct `Carriers of the sandbox` {
  @Test func `a mail is taken, shown and reported with a signature`() async throws {
    try await SandboxScene.withCarriers { scene in
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
    try await SandboxScene.withCarriers { scene in
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
    try await SandboxScene.withCarriers { scene in
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
    try await SandboxScene.withCarriers { scene in
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
      try #require(told == ["delivered", "read"])
      let signature = scene.merchant.requests[0].headers.first { $0.name == "x-whatsapp-signature" }?.value
      #expect(signature?.utf8.count == 64)
    }
  }
}
