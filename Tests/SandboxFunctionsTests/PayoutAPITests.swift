import FunctionKit
import FunctionTesting
import Testing

@testable import SandboxFunctions

@Suite struct `Payouts of the sandbox` {
  @Test(
    arguments: [
      ("0123456789", ["payout.succeeded"], "SUCCEEDED", nil),
      ("123456", ["payout.failed"], "FAILED", "TEMPORARY_TRANSFER_ERROR"),
      ("999999", ["payout.failed"], "FAILED", "REJECTED_BY_CHANNEL"),
      ("121212", ["payout.failed"], "FAILED", "INVALID_DESTINATION"), ("131313", [], "ACCEPTED", nil),
      ("654321", ["payout.succeeded", "payout.reversed"], "REVERSED", nil),
    ] as [(String, [String], String, String?)])
  func `end as the account number says`(account: String, told: [String], status: String, code: String?) async throws {
    try await SandboxScene.run { scene in
      let reply = try await scene.payOut(to: account)
      #expect(reply.json["status"] == "ACCEPTED")
      let id = try #require(reply.json["id"]?.string)
      try await scene.deliver()
      try await scene.pass(.minutes(3))
      #expect(scene.merchant.told == told)
      let payout = try await scene.api("GetPayout", path: [("id", id)]).json
      #expect(payout["status"] == .string(status))
      #expect(payout["failure_code"]?.string == code)
      let hasLeft = status == "SUCCEEDED" || status == "ACCEPTED"
      let balance = try await scene.api("GetBalance").json["balance"]
      #expect(balance == .number(JSONNumber(1_000_000_000 - (hasLeft ? 102_775 : 0))))
    }
  }

  @Test func `more than the balance fails after it was accepted`() async throws {
    try await SandboxScene.run { scene in
      try await scene.set(["openingBalance": 100_000])
      #expect(try await scene.payOut(100_000).json["status"] == "ACCEPTED")
      try await scene.deliver()
      let told = try JSON.parse(try #require(scene.merchant.requests.last).body)
      #expect(told["data"]?["failure_code"] == "INSUFFICIENT_BALANCE")
    }
  }

  @Test func `a key pays once, and only one request`() async throws {
    try await SandboxScene.run { scene in
      let first = try await scene.payOut(key: "a")
      #expect(try await scene.payOut(key: "a").json["id"] == first.json["id"])
      let other = try await scene.payOut(200_000, key: "a")
      #expect(other.status == 409)
      #expect(other.json["error_code"] == "DUPLICATE_ERROR")
      #expect(try await scene.payOut(key: "b").json["id"] != first.json["id"])
      let list = try await scene.api("ListPayouts", query: [("reference_id", "wd-1"), ("limit", "1")]).json
      #expect(list["data"]?.array?.count == 1)
      #expect(list["has_more"] == true)
      #expect(try await scene.api("ListPayouts", query: [("reference_id", "x")]).json["data"] == [])
    }
  }

  @Test(
    arguments: [
      ([("channel_code", "ID_NOWHERE")], "CHANNEL_CODE_NOT_SUPPORTED"),
      ([("amount", 9_999)], "MINIMUM_TRANSFER_LIMIT_ERROR"),
      ([("amount", 60_000_000_000)], "MAXIMUM_TRANSFER_LIMIT_ERROR"),
      ([("currency", "USD")], "API_VALIDATION_ERROR"), ([("reference_id", "")], "API_VALIDATION_ERROR"),
      ([("channel_properties", ["account_number": "1234"])], "API_VALIDATION_ERROR"),
      (
        [("channel_properties", ["account_number": "12x45", "account_holder_name": "Budi"])],
        "RECIPIENT_ACCOUNT_NUMBER_ERROR"
      ),
    ] as [([(String, JSON)], String)])
  func `what can't be paid out is refused`(changes: [(String, JSON)], code: String) async throws {
    try await SandboxScene.run { scene in
      let reply = try await scene.payOut(changes: changes)
      #expect(reply.status == 400)
      #expect(reply.json["error_code"] == .string(code))
    }
  }

  @Test func `need a key`() async throws {
    try await SandboxScene.run { scene async throws in
      #expect(try await scene.payOut(key: nil).json["error_code"] == "API_VALIDATION_ERROR")
    }
  }

  @Test func `are cancelled only while accepted`() async throws {
    try await SandboxScene.run { scene in
      let id = try #require(try await scene.payOut(to: "131313").json["id"]?.string)
      try await scene.deliver()
      #expect(try await scene.api("CancelPayout", path: [("id", id)]).json["status"] == "CANCELLED")
      #expect(try await scene.api("CancelPayout", path: [("id", id)]).status == 403)
      #expect(try await scene.api("GetBalance").json["balance"] == 1_000_000_000)
    }
  }

  @Test func `go to the channels that are listed`() async throws {
    try await SandboxScene.run { scene in
      let bca = try await scene.api("ListPayoutChannels", query: [("channel_code", "ID_BCA")]).json
      #expect(bca[0]?["channel_category"] == "BANK")
      let wallets = try await scene.api("ListPayoutChannels", query: [("channel_category", "EWALLET")]).json
      #expect(wallets.array?.count == 5)
      #expect(try await scene.api("ListPayoutChannels", query: [("currency", "PHP")]).json == [])
    }
  }
}
