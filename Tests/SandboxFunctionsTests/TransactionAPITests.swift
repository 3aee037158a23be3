import FunctionKit
import FunctionTesting
import Testing

@testable import SandboxFunctions

@Suite struct `Transactions of the sandbox` {
  @Test func `have what the provider keeps, and settle in their channel's time`() async throws {
    try await SandboxScene.run { scene in
      let invoice = try await scene.openPaid(by: "DANA", amount: 187_500)
      try await scene.deliver()
      let paid = try JSON.parse(try #require(scene.merchant.requests.first).body)
      let before = try #require(try await scene.api("ListTransactions").json["data"]?[0])
      #expect(before["type"] == "PAYMENT" && before["status"] == "SUCCESS")
      #expect(before["channel_category"] == "EWALLET")
      #expect(before["settlement_status"] == "PENDING")
      #expect(before["fee"]?["xendit_fee"] == 2_812 && before["fee"]?["value_added_tax"] == 310)
      #expect(before["net_amount"] == 184_378)
      #expect(before["product_data"]?["payment_link_id"] == .string(invoice))
      #expect(paid["payment_id"]?.string == "ewc_" + (before["product_id"]?.string ?? ""))
      #expect(try await scene.api("GetBalance").json["balance"] == 1_000_000_000)
      let held = try await scene.api("GetBalance", query: [("account_type", "HOLDING")])
      #expect(held.json["balance"] == 184_378)
      try await scene.pass(.hours(49))
      let after = try await scene.api("GetTransaction", path: [("id", before["id"]?.string ?? "")]).json
      #expect(after["settlement_status"] == "SETTLED")
      #expect(try await scene.api("GetBalance").json["balance"] == 1_000_184_378)
      #expect(try await scene.api("GetInvoice", path: [("id", invoice)]).json["status"] == "SETTLED")
    }
  }

  @Test func `are listed by page, each once`() async throws {
    try await SandboxScene.run { scene in
      for index in 0..<5 { _ = try await scene.openPaid(by: "BNI", amount: 10_000 + index, as: "inv_\(index)") }
      var (seen, query) = ([String](), [(name: "limit", value: "2")])
      while true {
        let page = try await scene.api("ListTransactions", query: query).json
        seen += page["data"]?.array?.compactMap { $0["reference_id"]?.string } ?? []
        guard page["has_more"] == true, let last = page["data"]?.array?.last?["id"]?.string else { break }
        #expect(page["links"]?[0]?["rel"] == "next")
        query = [("limit", "2"), ("after_id", last)]
      }
      #expect(seen == (0..<5).reversed().map { "inv_\($0)" })
      let all = try #require(try await scene.api("ListTransactions").json["data"]?.array)
      let last = try #require(all.last?["id"]?.string)
      let before = try await scene.api("ListTransactions", query: [("limit", "2"), ("before_id", last)]).json
      #expect(before["data"]?.array == Array(all[2...3]))
    }
  }

  @Test func `are found by type, status, reference and time`() async throws {
    try await SandboxScene.run { scene in
      let invoice = try await scene.openPaid(by: "DANA")
      _ = try await scene.refund([("invoice_id", .string(invoice)), ("reference_id", "REF-1")])
      _ = try await scene.payOut(to: "121212")
      try await scene.deliver()
      func types(_ query: [(name: String, value: String)]) async throws -> [String] {
        try await scene.api("ListTransactions", query: query).json["data"]?.array?.compactMap { $0["type"]?.string }
          ?? []
      }
      #expect(try await types([("types", "PAYMENT"), ("types", "REFUND")]) == ["REFUND", "PAYMENT"])
      #expect(try await types([("statuses", "FAILED")]) == ["DISBURSEMENT"])
      #expect(try await types([("reference_id", "REF-1")]) == ["REFUND"])
      #expect(try await types([("channel_categories", "BANK")]) == ["DISBURSEMENT"])
      #expect(
        try await types([("created[gte]", "2000-01-01T00:00:00Z"), ("created[lte]", "2000-01-02T00:00:00Z")]) == [])
      #expect(try await types([("created[gte]", "2000-01-01T00:00:00Z")]).count == 3)
      #expect(try await scene.api("ListTransactions", query: [("limit", "51")]).status == 400)
    }
  }
}
