import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

/// A day of payments, beside a provider whose list the test writes.
struct ReconciliationScene: Sendable {
  let scene: PaymentScene
  let bank = FakeBank()
  let list = FakeList()
  let finance = Caller(userID: sampleID(9), role: .financeAdmin, isPrivileged: true)

  var payment: BundleUnderTest { scene.payment }

  static func run(_ body: @escaping @Sendable (ReconciliationScene) async throws -> Void) async throws {
    try await PaymentScene.run { scene in
      let day = ReconciliationScene(scene: scene)
      let (list, bank, xendit) = (day.list, day.bank, scene.xendit)
      day.payment.on("xendit") { request in
        if request.path.hasPrefix("/transactions") { return try list.answer(request) }
        return try request.path.contains("/v2/payouts") ? bank.answer(request) : xendit.answer(request)
      }
      day.payment.on(service: "wallet") { _ in ClearingBalance.Balance(balance: 0) }
      // Noon in Jakarta, so that a test's day has no midnight in it.
      let now = day.payment.clock.now
      day.payment.clock.advance(by: BusinessDay(of: now).end + .hours(12) - now)
      try await body(day)
    }
  }

  /// An order whose bill comes to so much, with the fee of 290 basis points and 2,000.
  /// - Returns: our reference of its invoice.
  @discardableResult
  func bill(_ amount: Int, number: Int) async throws -> String {
    let goods = try #require((0...amount).reversed().first { $0 + share(of: $0, basisPoints: 290) + 2000 == amount })
    let request: JSON = [
      "userId": .string(scene.buyer.description), "customer": ["name": "Sari"],
      "orders": [
        [
          "orderId": .string(sampleID(1000 + number).description), "orderNumber": .string("ORD-\(number)"),
          "lines": [["merchandiseAmount": .number(JSONNumber(goods))]],
        ]
      ],
    ]
    #expect(try await scene.create(request, key: "bill-\(number)").status == 201)
    return try #require(scene.xendit.invoices.last?["external_id"]?.string)
  }

  /// One that was paid, and that we were told of.
  @discardableResult
  func paid(_ amount: Int, number: Int) async throws -> String {
    let reference = try await bill(amount, number: number)
    try await scene.deliver(
      "PAID", money: "ewc_\(number)", changes: [("paid_at", .string(payment.clock.now.description))])
    return reference
  }

  /// Puts a movement on the provider's list.
  func move(
    _ id: String, _ reference: String?, _ amount: Int, fee: Int = 0, type: String = "PAYMENT",
    status: String = "SUCCESS",
    at moment: Instant? = nil, product: String? = nil, invoice: String? = nil
  ) {
    let at = moment ?? payment.clock.now
    list.add(
      .init(
        id: id, type: type, status: status, reference: reference, product: product, invoice: invoice, amount: amount,
        fee: fee, created: at, updated: at))
  }

  /// Goes to the next day at three in the morning and lets the job run.
  func nextMorning() async throws {
    let now = payment.clock.now
    payment.clock.advance(by: BusinessDay(of: now).end + .hours(3) - now)
    try await payment.fire("Reconciliation")
  }

  /// The day that is about to be reconciled.
  var yesterday: BusinessDay { BusinessDay(of: payment.clock.now).before }

  func runAgain(_ day: BusinessDay? = nil) async throws -> TestReply {
    try await payment.call(
      "RunReconciliation", body: ["date": .string((day ?? yesterday).description)], caller: finance)
  }

  /// Of a day's run: what it counted, in the order of the table.
  func counts(_ day: BusinessDay? = nil) async throws -> ReconciliationRun {
    try await payment.one(
      "select \(ReconciliationRun.columns) from reconciliation_run where recon_date = \(day ?? yesterday)::date")
  }

  func items(_ day: BusinessDay? = nil) async throws -> [String] {
    try await payment.query(
      """
      select kind || ' ' || coalesce(our_ref, '-') || case when healed then ' healed' else '' end
      from reconciliation_item where run_id = (
        select id from reconciliation_run where recon_date = \(day ?? yesterday)::date)
      order by kind, coalesce(amount_there, amount_here)
      """, as: String.self)
  }

  var mismatches: [CommittedEvent] {
    get async throws { try await payment.events("reconciliation.mismatch_found") }
  }
}

extension ReconciliationRun.Counts {
  init(
    _ matched: Int, missingHere: Int = 0, missingThere: Int = 0, amountMismatch: Int = 0, feeMismatch: Int = 0,
    duplicate: Int = 0, unmodelled: Int = 0, healed: Int = 0, here: Int, there: Int
  ) {
    self.init(
      matched: matched, missingHere: missingHere, missingThere: missingThere, amountMismatch: amountMismatch,
      feeMismatch: feeMismatch, duplicate: duplicate, unmodelled: unmodelled, healed: healed, amountHere: here,
      amountThere: there)
  }
}
