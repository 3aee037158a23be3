import FunctionKit
import FunctionTesting
import Testing

@testable import SandboxFunctions

@Suite struct CheckoutTests {
  private static func page(_ scene: SandboxScene, _ id: String) async throws -> String {
    String(decoding: try await scene.sandbox.call("ShowCheckout", path: [("id", id)]).body, as: UTF8.self)
  }

  @Test func `the page shows the amount as Indonesians write it, and no markup of others`() async throws {
    try await SandboxScene.run { scene in
      let page = try await Self.page(scene, scene.open())
      #expect(page.contains("Rp 279.250"))
      #expect(page.contains("Pesanan &lt;1&gt;"))
      #expect(page.contains("Menunggu pembayaran"))
    }
  }

  @Test func `paying leads back to the page, and tells the merchant`() async throws {
    try await SandboxScene.run { scene in
      let id = try await scene.open()
      let reply = try await scene.pay(id, query: [("channel", "BCA")])
      #expect(reply.status == 303)
      #expect(reply.header("location") == "/web/\(id)")
      #expect(try await Self.page(scene, id).contains("Lunas"))
      try await scene.deliver()
      let request = try #require(scene.merchant.requests.first)
      #expect(request.path == "/webhooks/xendit/invoice")
      #expect(request.headers.contains { $0.name == "x-callback-token" && $0.value == "test-XENDIT_CALLBACK_TOKEN" })
      let body = try JSON.parse(request.body)
      #expect(body["status"] == "PAID")
      #expect(body["paid_amount"] == 279_250)
      #expect(body["payment_method"] == "BANK_TRANSFER")
      #expect(body["bank_code"] == "BCA")
      #expect(body["payer_email"] == nil)
    }
  }

  @Test func `nobody pays twice, or after the end`() async throws {
    try await SandboxScene.run { scene in
      let paid = try await scene.open()
      _ = try await scene.pay(paid)
      #expect(try await scene.pay(paid).status == 409)
      let late = try await scene.open()
      scene.wait(.hours(25))
      #expect(try await scene.pay(late).status == 409)
      #expect(try await scene.sandbox.call("ShowCheckout", path: [("id", "none")]).status == 404)
    }
  }

  @Test func `an attempt that fails leaves the invoice open, and nobody is told`() async throws {
    try await SandboxScene.run { scene in
      let id = try await scene.open()
      #expect(try await scene.sandbox.call("FailAtCheckout", path: [("id", id)]).status == 402)
      try await scene.deliver()
      #expect(scene.merchant.told.isEmpty)
      #expect(try await scene.pay(id).status == 303)
      #expect(try await scene.sandbox.call("FailAtCheckout", path: [("id", id)]).status == 409)
    }
  }

  @Test func `money may come late when it is asked to`() async throws {
    try await SandboxScene.run { scene in
      let id = try await scene.open()
      scene.wait(.hours(25))
      try await scene.sandbox.fire("ExpireInvoices")
      #expect(try await scene.pay(id, query: [("late", "true")]).status == 303)
      try await scene.deliver()
      let told = try scene.merchant.requests.map { try JSON.parse($0.body)["status"]?.string }
      #expect(told == ["EXPIRED", "PAID"])
    }
  }

  @Test func `a merchant that does not acknowledge is told again`() async throws {
    try await SandboxScene.run { scene in
      _ = try await scene.pay(scene.open())
      scene.merchant.answer(with: 503)
      await #expect(throws: (any Error).self) { try await scene.deliver() }
    }
  }

  @Test(arguments: [
    (0, "Rp 0"), (999, "Rp 999"), (1000, "Rp 1.000"), (279_250, "Rp 279.250"), (12_000_000, "Rp 12.000.000"),
  ])
  func `rupiah are grouped by points`(amount: Int, text: String) { #expect(rupiah(amount) == text) }
}
