import FunctionKit
import FunctionTesting
import Testing

@testable import SandboxFunctions

@Suite struct InvoiceAPITests {
  @Test func `an invoice has everything that the provider always sends`() async throws {
    try await SandboxScene.run { scene in
      let id = try await scene.open()
      let invoice = try await scene.api("GetInvoice", path: [("id", id)]).json
      for name in [
        "external_id", "user_id", "status", "merchant_name", "merchant_profile_picture_url", "amount", "expiry_date",
        "created", "updated", "invoice_url", "available_banks", "available_retail_outlets", "available_ewallets",
        "available_qr_codes", "available_direct_debits", "available_paylaters",
      ] {
        #expect(invoice[name] != nil, "\(name)")
      }
      #expect(id.wholeMatch(of: /[0-9a-f]{24}/) != nil)
      #expect(invoice["invoice_url"] == .string("http://xendit.test/web/\(id)"))
      #expect(invoice["metadata"] == ["order": "1"])
      #expect(invoice["success"] == nil)
    }
  }

  @Test func `a wrong key is refused in the provider's words`() async throws {
    try await SandboxScene.run { scene in
      let reply = try await scene.sandbox.call("CreateInvoice", body: ["external_id": "x", "amount": 1])
      #expect(reply.status == 401)
      #expect(reply.json["error_code"] == "INVALID_API_KEY")
    }
  }

  @Test(
    arguments: [
      (["amount": 1], "API_VALIDATION_ERROR"), (["external_id": "x", "amount": 0], "API_VALIDATION_ERROR"),
      (["external_id": "x", "amount": 5, "currency": "USD"], "UNSUPPORTED_CURRENCY"),
      (["external_id": "x", "amount": 5, "payer_email": "x"], "EMAIL_FORMAT_ERROR"),
      (["external_id": "x", "amount": 5, "payment_methods": ["GOLD"]], "UNAVAILABLE_PAYMENT_METHOD_ERROR"),
      (["external_id": "x", "amount": 99_000_000_000], "MAXIMUM_TRANSFER_AMOUNT_ERROR"),
    ] as [(JSON, String)])
  func `what the provider refuses is refused with its code`(body: JSON, code: String) async throws {
    try await SandboxScene.run { scene in
      let reply = try await scene.api("CreateInvoice", body: body)
      #expect(reply.status == 400)
      #expect(reply.json["error_code"] == .string(code))
    }
  }

  @Test func `one reference may have several invoices, newest first`() async throws {
    try await SandboxScene.run { scene in
      let first = try await scene.open("inv_1")
      scene.wait(.seconds(1))
      let second = try await scene.open("inv_1")
      _ = try await scene.open("inv_2")
      let list = try await scene.api("ListInvoices", query: [("external_id", "inv_1")])
      #expect(list.json.array?.map { $0["id"]?.string } == [second, first])
      let next = try await scene.api("ListInvoices", query: [("external_id", "inv_1"), ("last_invoice", second)])
      #expect(next.json.array?.map { $0["id"]?.string } == [first])
      let paid = try await scene.api("ListInvoices", query: [("statuses", "PAID"), ("statuses", "SETTLED")])
      #expect(paid.json == [])
    }
  }

  @Test func `an invoice expires once`() async throws {
    try await SandboxScene.run { scene in
      let id = try await scene.open()
      #expect(try await scene.api("ExpireInvoice", path: [("id", id)]).json["status"] == "EXPIRED")
      let again = try await scene.api("ExpireInvoice", path: [("id", id)])
      #expect(again.status == 404)
      #expect(again.json["error_code"] == "INVOICE_NOT_FOUND_ERROR")
    }
  }
}
