import FunctionKit
import FunctionTesting
import Testing

@testable import SandboxFunctions

@Suite struct `Faults of the sandbox` {
  @Test func `a call that times out before it is done has done nothing`() async throws {
    try await SandboxScene.run { scene in
      try await scene.set(["timeoutBefore": 1000, "stallSeconds": 0])
      #expect(try await scene.payOut().status == 504)
      try await scene.set(["reset": true])
      #expect(try await scene.api("ListPayouts").json["data"] == [])
    }
  }

  @Test func `one that times out after it is done has done it, once for its key`() async throws {
    try await SandboxScene.run { scene in
      try await scene.set(["timeoutAfter": 1000, "stallSeconds": 0])
      #expect(try await scene.payOut().status == 504)
      try await scene.set(["timeoutAfter": 0])
      let again = try await scene.payOut()
      #expect(again.status == 200)
      #expect(try await scene.api("ListPayouts").json["data"]?.array?.count == 1)
    }
  }

  @Test(arguments: [("serverError", 500, "SERVER_ERROR"), ("rateLimited", 429, "RATE_LIMIT_EXCEEDED")])
  func `errors have the provider's form`(fault: String, status: Int, code: String) async throws {
    try await SandboxScene.run { scene in
      try await scene.set(.object([fault: 1000]))
      let reply = try await scene.api("GetBalance")
      #expect(reply.status == status)
      #expect(reply.json["error_code"] == .string(code))
      #expect((reply.header("rate-limit-reset") != nil) == (status == 429))
    }
  }

  @Test func `are the same for the same seed, at about their rate`() async throws {
    try await SandboxScene.run { scene in
      func statuses(seed: JSON) async throws -> [Int] {
        try await scene.set(["seed": seed, "serverError": 300])
        var statuses: [Int] = []
        for _ in 0..<40 { statuses.append(try await scene.api("GetBalance").status) }
        return statuses
      }
      let first = try await statuses(seed: 7)
      #expect(try await statuses(seed: 7) == first)
      #expect(try await statuses(seed: 8) != first)
    }
    let hits = (1...10_000).count { Faults.number(seed: 42, $0) < 300 }
    #expect((2_700...3_300).contains(hits))
  }

  @Test func `a webhook comes twice under one id`() async throws {
    try await SandboxScene.run { scene in
      try await scene.set(["webhookDuplicate": 1000])
      _ = try await scene.openPaid(by: "DANA")
      try await scene.deliver()
      #expect(scene.merchant.told == ["PAID", "PAID"])
      let ids = scene.merchant.requests.map { $0.headers.first { $0.name == "webhook-id" }?.value }
      #expect(ids[0] != nil && ids[0] == ids[1])
    }
  }

  @Test func `a late webhook comes in its time, and a lost one when it is asked for`() async throws {
    try await SandboxScene.run { scene in
      try await scene.set(["webhookLate": 1000, "lateSeconds": 600])
      _ = try await scene.openPaid(by: "DANA")
      try await scene.pass(.minutes(9))
      #expect(scene.merchant.told == [])
      try await scene.pass(.minutes(1))
      #expect(scene.merchant.told == ["PAID"])
      try await scene.set(["webhookLate": 0, "webhookLost": 1000])
      _ = try await scene.openPaid(by: "DANA", as: "inv_2")
      try await scene.pass(.hours(48))
      #expect(scene.merchant.told == ["PAID"])
      #expect(try await scene.sandbox.call("ResendWebhooks").status == 303)
      try await scene.deliver()
      #expect(scene.merchant.told == ["PAID", "PAID"])
    }
  }

  @Test func `webhooks of one payout come in the wrong order`() async throws {
    try await SandboxScene.run { scene in
      try await scene.set(["webhookDisordered": 1000])
      _ = try await scene.payOut(to: "654321")
      try await scene.deliver()
      try await scene.set(["webhookDisordered": 0])
      try await scene.pass(.minutes(3))
      #expect(scene.merchant.told == ["payout.reversed", "payout.succeeded"])
    }
  }

  @Test func `what is not acknowledged comes again in the provider's hours, seven times in all`() async throws {
    try await SandboxScene.run { scene in
      try await scene.set(["realRetries": true])
      scene.merchant.answer(with: 500)
      _ = try await scene.openPaid(by: "DANA")
      try await scene.deliver()
      for (index, minutes) in ([15, 45, 120, 180, 360, 720] as [Int64]).enumerated() {
        try await scene.pass(.minutes(minutes - 1))
        #expect(scene.merchant.told.count == index + 1)
        try await scene.pass(.minutes(1))
        #expect(scene.merchant.told.count == index + 2)
      }
      try await scene.pass(.hours(48))
      #expect(scene.merchant.told.count == 7)
    }
  }

  @Test(arguments: ["timeoutBefore", "webhookLost"]) func `rates are per thousand`(name: String) async throws {
    try await SandboxScene.run { scene async throws in
      #expect(try await scene.sandbox.call("SetFaults", body: .object([name: 1001])).status == 422)
    }
  }

  @Test func `the page shows what is switched on, and its buttons switch it`() async throws {
    try await SandboxScene.run { scene in
      let reply = try await scene.sandbox.call("UseFaults", query: [("webhookLate", "500")])
      #expect(reply.header("location") == "/sandbox")
      _ = try await scene.openPaid(by: "DANA")
      let page = String(decoding: try await scene.sandbox.call("ShowControl").body, as: UTF8.self)
      #expect(page.contains("<dt>Webhook terlambat</dt><dd>500 ‰</dd>"))
      #expect(page.contains("<dt>invoice "))
      #expect(page.contains("Rp 1.000.000.000"))
      _ = try await scene.sandbox.call("UseFaults", query: [("reset", "true")])
      #expect(try await scene.sandbox.call("GetFaults").data["webhookLate"] == 0)
    }
  }
}
