import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import SandboxFunctions

/// What a service account says of itself, and what it has signed that with.
private let claim = """
  eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJwdXNoQGxha29vLmlhbS5nc2VydmljZWFjY291bnQuY29tIiwiYXVkIjoiaHR0c\
  DovL2dvb2dsZS1vYXV0aC50ZXN0L3Rva2VuIn0
  """
private let claimSignature = """
  NmMgOpRXHoErcDGe8IHwyycc_UMVe0ts4PTgCQLNozgP2Dxk828Y8mIshx_sbwKzDDR2NnDooWHXVIE4m_yiqhrOiPAQ_7K59MiLeCx8eoLspb\
  pavMg0nYzdosXkLDO8jhciDxFccaGT_tLWAwI77mE192HeHVRwvOr57AGDi6GyiiSa_tdVHI7c4X1aEIgrHSngurQMcMewee8pKPGspt2tMiOF\
  qsiRPS53_j7U8KGOMxTf0JtSNuPU-\
  y4YIJYD_Xe7A9qfNSZtwYig_hUGZAEiMUzD2LBVqqHLBJlPkg4J0keJd6KBTcySwOcw6OKKzlpvpm1w574xzVuWi_uyMg
  """

@Suite struct `Text messages of the sandbox` {
  @Test func `one is taken and reported with a signature over the address and the form`() async throws {
    try await SandboxScene.withCarriers { scene in
      let reply = try await scene.text()
      let sid = try #require(reply.json["sid"]?.string)
      #expect(reply.status == 201 && sid.hasPrefix("SM") && sid.utf8.count == 34)
      #expect(reply.json["status"] == "accepted" && reply.json["to"] == "+6281234567890")
      try await scene.deliver()
      let id: ID = try await scene.sandbox.one("select id from carried_message")
      for what in ["sent", "undelivered", "failed"] {
        let query = [(name: "what", value: what)]
        let path = [(name: "id", value: id.description)]
        #expect(try await scene.sandbox.call("ReportMessage", path: path, query: query).status == 303)
      }
      try await scene.deliver()
      let forms = scene.merchant.requests.map { String(decoding: $0.body, as: UTF8.self) }
      let number = "&To=%2B6281234567890"
      #expect(
        forms == [
          "MessageSid=\(sid)&MessageStatus=delivered\(number)", "MessageSid=\(sid)&MessageStatus=sent\(number)",
          "ErrorCode=30003&MessageSid=\(sid)&MessageStatus=undelivered\(number)",
          "ErrorCode=30005&MessageSid=\(sid)&MessageStatus=failed\(number)",
        ])
      let signed =
        "http://merchant.test/webhooks/twilioErrorCode30005MessageSid\(sid)MessageStatusfailedTo+6281234567890"
      try await scene.sandbox.write("create extension if not exists pgcrypto")
      let expected: String = try await scene.sandbox.one(
        "select encode(hmac(\(signed)::bytea, 'test-TWILIO_AUTH_TOKEN'::bytea, 'sha1'), 'base64')")
      let report = try #require(scene.merchant.requests.last)
      #expect(report.path == "/webhooks/twilio")
      #expect(report.header("x-twilio-signature") == expected)
      #expect(report.header("content-type") == "application/x-www-form-urlencoded")
    }
  }

  @Test(arguments: [
    ("test-TWILIO_ACCOUNT_SID", "test-TWILIO_ACCOUNT_SID:guess"), ("test-TWILIO_ACCOUNT_SID", "guess"),
    ("AC-other", "test-TWILIO_ACCOUNT_SID:test-TWILIO_AUTH_TOKEN"),
    ("AC-other", "AC-other:test-TWILIO_AUTH_TOKEN"),
  ])
  func `who is not the account is not let in`(account: String, credentials: String) async throws {
    try await SandboxScene.withCarriers { scene in
      let reply = try await scene.text(account: account, credentials: credentials)
      #expect(reply.status == 401 && reply.json["code"] == 20003 && reply.json["status"] == 401)
      #expect(try await scene.carried("twilio").isEmpty)
    }
  }

  @Test(arguments: [("reject", 400, 21211), ("rate_limited", 429, 20429), ("server_error", 500, 20500)])
  func `a refusal has a code of its own`(fault: String, status: Int, code: Int) async throws {
    try await SandboxScene.withCarriers { scene in
      try await scene.misbehave("twilio", fault)
      let reply = try await scene.text()
      #expect(reply.status == status && reply.json["code"]?.int == code && reply.json["status"]?.int == status)
      #expect(reply.json["message"]?.string != nil)
      #expect(try await scene.carried("twilio").isEmpty)
      try await scene.misbehave("twilio", nil)
      #expect(try await scene.text().status == 201)
      #expect(try await scene.carried("twilio") == ["+6281234567890  Lakoo: sudah delivered"])
    }
  }

  @Test func `what lacks a number or a text is not taken`() async throws {
    try await SandboxScene.withCarriers { scene async throws in
      for field in ["To", "Body"] { #expect(try await scene.text(without: field).status == 422) }
      #expect(try await scene.carried("twilio").isEmpty)
    }
  }
}

@Suite struct `Pushes of the sandbox` {
  private static func letIn(_ scene: SandboxScene, _ assertion: String) async throws -> TestReply {
    try await scene.sandbox.call("GrantAccess", body: ["assertion": .string(assertion)])
  }

  private static func access(_ scene: SandboxScene) async throws -> String {
    let reply = try await letIn(scene, claim + "." + claimSignature)
    return try #require(reply.json["access_token"]?.string)
  }

  @Test func `who has signed its claim is let in for an hour, and its push is taken`() async throws {
    try await SandboxScene.withCarriers { scene in
      let granted = try await Self.letIn(scene, claim + "." + claimSignature)
      #expect(granted.status == 200 && granted.json["expires_in"] == 3600 && granted.json["token_type"] == "Bearer")
      let reply = try await scene.push(access: try await Self.access(scene))
      #expect(reply.status == 200)
      #expect(reply.json["name"]?.string?.hasPrefix("projects/lakoo/messages/") == true)
      #expect(try await scene.carried("fcm") == ["token-0123456789 Lunas <1> Sudah sent"])
      try await scene.deliver()
      #expect(scene.merchant.requests.isEmpty)
    }
  }

  @Test func `a claim that is another's, or changed, is not believed`() async throws {
    try await SandboxScene.withCarriers { scene in
      let signature = String(claimSignature.reversed())
      for broken in [
        claim, claim + ".", claim + "." + signature, "x" + claim + "." + claimSignature, "",
        claim + "." + claimSignature + ".x",
      ] {
        let reply = try await Self.letIn(scene, broken)
        #expect(reply.status == 400 && reply.json["error"] == "invalid_grant")
      }
    }
  }

  @Test func `without access nothing is taken, whatever it is`() async throws {
    try await SandboxScene.withCarriers { scene in
      for token in ["token-0123456789", nil] {
        let reply = try await scene.push(access: "guess", token: token)
        #expect(reply.status == 401 && reply.json["error"]?["status"] == "UNAUTHENTICATED")
      }
      #expect(try await scene.carried("fcm").isEmpty)
    }
  }

  @Test func `a token that leads nowhere, one that is missing, and a call that there is not`() async throws {
    try await SandboxScene.withCarriers { scene in
      let access = try await Self.access(scene)
      let gone = try await scene.push(access: access, token: "unregistered-0123456789")
      #expect(gone.status == 404 && gone.fcmCode == "UNREGISTERED")
      let none = try await scene.push(access: access, token: nil)
      #expect(none.status == 400 && none.fcmCode == "INVALID_ARGUMENT")
      #expect(try await scene.push(access: access, call: "messages:batch").status == 404)
      #expect(try await scene.carried("fcm").isEmpty)
      #expect(try await scene.push(access: access).status == 200)
    }
  }

  @Test(arguments: [
    ("reject", 404, "UNREGISTERED"), ("rate_limited", 429, "QUOTA_EXCEEDED"), ("server_error", 500, "INTERNAL"),
    ("timeout_before", 504, "UNAVAILABLE"), ("timeout_after", 504, "UNAVAILABLE"),
  ])
  func `a refusal has FCM's own code`(fault: String, status: Int, code: String) async throws {
    try await SandboxScene.withCarriers { scene in
      try await scene.set(["stallSeconds": 0])
      let access = try await Self.access(scene)
      try await scene.misbehave("fcm", fault)
      let reply = try await scene.push(access: access)
      #expect(reply.status == status && reply.fcmCode == code, "\(reply.json)")
      #expect(try await scene.carried("fcm").count == (fault == "timeout_after" ? 1 : 0))
    }
  }
}

extension TestReply {
  fileprivate var fcmCode: String? { json["error"]?["details"]?.array?.first?["errorCode"]?.string }
}

extension UpstreamRequest {
  fileprivate func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
