import Testing

@testable import CrashReport

@Suite struct `A demangled name` {
  @Test(arguments: [
    (
      "Payment.ChargeCard.handle(_: Payment.ChargeCard.Input, context: FunctionKit.Context) async throws -> Swift.Int",
      "Payment ChargeCard.handle(_:context:)"
    ),
    (
      "(2) await resume partial function for Payment.GetPayment.handle(_: Payment.Input, context: Kit.Context) async -> ()",
      "Payment GetPayment.handle(_:context:)"
    ),
    (
      """
      (1) await resume partial function for protocol witness for Kit.Function.handle(_: A.Input, context: Kit.Context) \
      async throws -> A.Output in conformance Payment.GetPayment : Kit.Function in Payment
      """, "Payment GetPayment.handle(_:context:)"
    ),
    (
      "closure #2 @Sendable () async -> () in Payment.pay(card: Swift.String, (Swift.Int, Swift.Int) -> ()) -> ()",
      "Payment pay(card:_:) closure #2"
    ),
    (
      "(extension in Payment):Kit.Database.(charges in _39E267DBB979EF04449A4147BB9FEB8E)(of: Swift.Set<Kit.ID>) -> ()",
      "Payment Database.charges(of:)"
    ),
    ("generic specialization <Swift.Int> of Swift.Array.append(__owned A) -> ()", "Swift Array.append(_:)"),
    ("Payment.Till.total.getter : Swift.Int", "Payment Till.total.getter"),
    ("Payment.now() -> Swift.Int", "Payment now()"), ("uv_run", "uv_run"),
  ])
  func `is shortened to what people write`(demangled: String, short: String) {
    #expect(FunctionName(demangled: demangled).description == short)
  }
}
