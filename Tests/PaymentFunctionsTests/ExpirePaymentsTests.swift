import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct ExpirePaymentsTests {
  @Test func `what nobody paid ends at the provider, then here`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000, 50_000))
      scene.wait(.hours(24) + .minutes(3))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.statuses() == ["expired", "expired"])
      #expect(scene.xendit.invoices.last?["status"] == "EXPIRED")
      #expect(try await scene.payment.events("payment.expired").count == 2)
    }
  }

  @Test func `all that no invoice collects ends in one run, however much it is, and past what can't be ended`()
    async throws
  {
    try await PaymentScene.run { scene in
      try await scene.payment.write(
        """
        insert into payment (id, payment_number, reference_id, order_number, user_id, merchandise_amount, amount,
          idempotency_key, expires_at, created_at, updated_at)
        select gen_random_uuid(), 'PAY-' || place, gen_random_uuid(), 'ORD', \(scene.buyer), 10000, 10000,
          'due' || place, now() - place * interval '1 minute', now(), now() from generate_series(10, 259) place
        """)
      // The oldest of them can't be written to.
      try await scene.payment.write(
        """
        create function refuse_one() returns trigger language plpgsql as
        $$ begin if old.payment_number = 'PAY-259' then raise exception 'no'; end if; return new; end $$
        """)
      try await scene.payment.write(
        "create trigger refuse_one before update on payment for each row execute function refuse_one()")
      try await scene.payment.fire("ExpirePayments")
      let left = try await scene.payment.query(
        "select payment_number from payment where status <> 'expired'", as: String.self)
      #expect(left == ["PAY-259"])
    }
  }

  @Test func `nothing ends before its time and the grace after it`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      scene.wait(.hours(24) + .seconds(60))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.statuses() == ["awaiting_payment"])
    }
  }

  @Test func `what the provider has collected is captured, and its late webhook changes nothing`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      scene.xendit.change(["status": "PAID"])
      scene.wait(.hours(25))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.statuses() == ["paid"])
      try await scene.deliver("PAID")
      #expect(try await scene.payment.events("payment.paid").count == 1)
      #expect(try await scene.payment.events("refund.requested").isEmpty)
    }
  }

  @Test func `nothing ends while the provider can't be asked`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      scene.xendit.become(.down)
      scene.wait(.hours(25))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.statuses() == ["awaiting_payment"])
      scene.xendit.become(.well)
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.statuses() == ["expired"])
    }
  }

  @Test func `what the provider never had ends here`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.down)
      try await scene.create(scene.request(100_000))
      scene.xendit.become(.well)
      scene.wait(.hours(25))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.statuses() == ["expired"])
      #expect(try await scene.payment.one("select status from gateway_invoice", as: String.self) == "failed")
    }
  }

  @Test func `one that can't be ended holds up no other`() async throws {
    try await PaymentScene.run { scene in
      var other = try #require(scene.request(50_000).object)
      other["orders"] = [try #require(scene.request(1, 50_000)["orders"]?[1])]
      try await scene.create(scene.request(100_000), key: "a")
      scene.xendit.change(["id": "000000000000000000000000"])
      scene.wait(.seconds(1))
      try await scene.create(.object(other), key: "b")
      scene.wait(.hours(25))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.statuses() == ["awaiting_payment", "expired"])
    }
  }
}
