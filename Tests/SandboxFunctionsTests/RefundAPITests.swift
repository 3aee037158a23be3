import FunctionKit
import FunctionTesting
import Testing

@testable import SandboxFunctions

@Suite struct `Refunds of the sandbox` {
  @Test func `begin pending, succeed, and are told`() async throws {
    try await SandboxScene.run { scene in
      let invoice = try await scene.openPaid(by: "DANA")
      let reply = try await scene.refund([
        ("invoice_id", .string(invoice)), ("amount", 40_000), ("reference_id", "REF-1"), ("reason", "OTHERS"),
        ("metadata", ["order": "1"]),
      ])
      #expect(reply.status == 200)
      #expect(reply.json["status"] == "PENDING")
      #expect(reply.json["channel_code"] == "DANA")
      let id = try #require(reply.json["id"]?.string)
      #expect(id.hasPrefix("rfd-"))
      try await scene.deliver()
      let refund = try await scene.api("GetRefund", path: [("id", id)]).json
      #expect(refund["status"] == "SUCCEEDED")
      #expect(refund["metadata"] == ["order": "1"])
      #expect(scene.merchant.told == ["PAID", "refund.succeeded"])
      let told = try JSON.parse(try #require(scene.merchant.requests.last).body)
      #expect(told["data"] == refund)
      let list = try await scene.api("ListRefunds", query: [("invoice_id", invoice)]).json
      #expect(list["data"] == [refund])
      #expect(list["has_more"] == false)
    }
  }

  @Test(
    arguments: [
      ("BCA", nil, 403, "REFUND_NOT_SUPPORTED"), ("ALFAMART", nil, 403, "REFUND_NOT_SUPPORTED"),
      ("OVO", nil, 403, "REFUND_NOT_SUPPORTED"), ("LINKAJA", 40_000, 403, "PARTIAL_REFUND_NOT_SUPPORTED"),
      ("KREDIVO", 99_999, 403, "PARTIAL_REFUND_NOT_SUPPORTED"), ("LINKAJA", 100_000, 200, nil),
      ("QRIS", 40_000, 200, nil), ("DANA", 100_001, 400, "REFUND_AMOUNT_EXCEEDED"), ("CREDIT_CARD", nil, 200, nil),
    ] as [(String, Int?, Int, String?)])
  func `depend on the channel`(channel: String, amount: Int?, status: Int, code: String?) async throws {
    try await SandboxScene.run { scene in
      let invoice = try await scene.openPaid(by: channel)
      let amounts = amount.map { [("amount", JSON.number(JSONNumber($0)))] } ?? []
      let reply = try await scene.refund([("invoice_id", .string(invoice))] + amounts)
      #expect(reply.status == status)
      #expect(reply.json["error_code"]?.string == code)
    }
  }

  @Test func `give back no more than was paid, one after the other`() async throws {
    try await SandboxScene.run { scene in
      let invoice = try await scene.openPaid(by: "DANA")
      let part: [(String, JSON)] = [("invoice_id", .string(invoice)), ("amount", 60_000)]
      #expect(try await scene.refund(part).status == 200)
      #expect(try await scene.refund(part).json["error_code"] == "REFUND_IN_PROGRESS")
      try await scene.deliver()
      #expect(try await scene.refund(part).json["error_code"] == "REFUND_AMOUNT_EXCEEDED")
      let rest = try await scene.refund([("invoice_id", .string(invoice))])
      #expect(rest.json["amount"] == 40_000)
      try await scene.deliver()
      #expect(
        try await scene.refund([("invoice_id", .string(invoice))]).json["error_code"] == "MAXIMUM_REFUND_AMOUNT_REACHED"
      )
    }
  }

  @Test func `a key makes one refund, and only for one request`() async throws {
    try await SandboxScene.run { scene in
      let invoice = try await scene.openPaid(by: "DANA")
      let body: [(String, JSON)] = [("invoice_id", .string(invoice)), ("amount", 1_000)]
      let first = try await scene.refund(body, key: "a")
      #expect(try await scene.refund(body, key: "a").json["id"] == first.json["id"])
      let other = try await scene.refund([("invoice_id", .string(invoice)), ("amount", 2_000)], key: "a")
      #expect(other.status == 409)
      #expect(other.json["error_code"] == "IDEMPOTENCY_ERROR")
    }
  }

  @Test(
    arguments: [
      ([], 400, "API_VALIDATION_ERROR"), ([("invoice_id", "none")], 404, "DATA_NOT_FOUND"),
      ([("payment_request_id", "pr-1")], 404, "DATA_NOT_FOUND"),
      ([("invoice_id", "none"), ("reason", "BORED")], 400, "API_VALIDATION_ERROR"),
      ([("invoice_id", "none"), ("amount", 0)], 400, "API_VALIDATION_ERROR"),
    ] as [([(String, JSON)], Int, String)])
  func `what makes no sense is refused`(body: [(String, JSON)], status: Int, code: String) async throws {
    try await SandboxScene.run { scene in
      let reply = try await scene.refund(body)
      #expect(reply.status == status)
      #expect(reply.json["error_code"] == .string(code))
    }
  }

  @Test func `an unpaid invoice and one of long ago give nothing back`() async throws {
    try await SandboxScene.run { scene in
      let unpaid = try await scene.open()
      let early = try await scene.refund([("invoice_id", .string(unpaid))])
      #expect(early.json["error_code"] == "INELIGIBLE_TRANSACTION_STATUS")
      let old = try await scene.openPaid(by: "QRIS")
      scene.wait(.hours(24 * 9))
      #expect(try await scene.refund([("invoice_id", .string(old))]).json["error_code"] == "INELIGIBLE_TRANSACTION")
    }
  }

  @Test func `fail with the code that was switched on, and leave the money`() async throws {
    try await SandboxScene.run { scene in
      try await scene.set(["refundFailure": "ACCOUNT_NOT_FOUND"])
      let invoice = try await scene.openPaid(by: "DANA")
      _ = try await scene.refund([("invoice_id", .string(invoice))])
      try await scene.deliver()
      #expect(scene.merchant.told.last == "refund.failed")
      try await scene.set(["refundFailure": ""])
      #expect(try await scene.refund([("invoice_id", .string(invoice))]).json["amount"] == 100_000)
    }
  }

  @Test func `are cancelled only while pending`() async throws {
    try await SandboxScene.run { scene in
      let invoice = try await scene.openPaid(by: "DANA")
      let id = try #require(try await scene.refund([("invoice_id", .string(invoice))]).json["id"]?.string)
      #expect(try await scene.api("CancelRefund", path: [("id", id)]).json["status"] == "CANCELLED")
      #expect(try await scene.api("CancelRefund", path: [("id", id)]).status == 400)
      try await scene.deliver()
      #expect(scene.merchant.told == ["PAID"])
    }
  }
}
