import FunctionKit

/// Switches faults on and off. What is not said stays as it is.
struct SetFaults: Endpoint {
  func handle(_ input: FaultChanges, context: Context) async throws -> Faults {
    try input.validate()
    try await context.db.apply(input)
    return try await context.db.faults()
  }
}

struct FaultChanges: Decodable {
  /// Switches everything off first.
  var reset: Bool?
  /// Begins the draws anew.
  var seed: Int?
  var timeoutBefore: Int?
  var timeoutAfter: Int?
  var serverError: Int?
  var rateLimited: Int?
  var webhookLate: Int?
  var webhookDuplicate: Int?
  var webhookDisordered: Int?
  var webhookLost: Int?
  var stallSeconds: Int?
  var lateSeconds: Int?
  var realRetries: Bool?
  /// Empty for none.
  var refundFailure: String?
  var openingBalance: Int?
}

extension FaultChanges: Limited {
  static let limits: [String: FieldLimit] =
    Dictionary(uniqueKeysWithValues: rateNames.map { ($0, .range(rates)) })
    .merging([
      "stallSeconds": .range(stalls), "lateSeconds": .range(delays), "refundFailure": .text(codes),
      "openingBalance": .range(balances),
    ]) { $1 }

  private static let rateNames = [
    "timeoutBefore", "timeoutAfter", "serverError", "rateLimited", "webhookLate", "webhookDuplicate",
    "webhookDisordered", "webhookLost",
  ]
  private static let rates = 0...1000
  private static let stalls = 0...50
  private static let delays = 0...86_400
  private static let codes = 0...100
  private static let balances = 0...1_000_000_000_000

  /// - Throws: ``Problem`` 422 with every failing field.
  func validate() throws {
    var validation = Validation()
    let values = [
      timeoutBefore, timeoutAfter, serverError, rateLimited, webhookLate, webhookDuplicate, webhookDisordered,
      webhookLost,
    ]
    for (name, value) in zip(Self.rateNames, values) { validation.range(value, name, Self.rates) }
    validation.range(stallSeconds, "stallSeconds", Self.stalls)
    validation.range(lateSeconds, "lateSeconds", Self.delays)
    validation.range(openingBalance, "openingBalance", Self.balances)
    validation.text(refundFailure, "refundFailure", length: Self.codes)
    try validation.finish()
  }
}

extension Database {
  func apply(_ changes: FaultChanges) async throws {
    if changes.reset == true {
      try await run("delete from fault")
      try await run("insert into fault default values")
    }
    try await run(
      """
      update fault set seed = coalesce(\(changes.seed), seed),
        draws = case when \(changes.seed)::bigint is null then draws else 0 end,
        timeout_before = coalesce(\(changes.timeoutBefore), timeout_before),
        timeout_after = coalesce(\(changes.timeoutAfter), timeout_after),
        server_error = coalesce(\(changes.serverError), server_error),
        rate_limited = coalesce(\(changes.rateLimited), rate_limited),
        webhook_late = coalesce(\(changes.webhookLate), webhook_late),
        webhook_duplicate = coalesce(\(changes.webhookDuplicate), webhook_duplicate),
        webhook_disordered = coalesce(\(changes.webhookDisordered), webhook_disordered),
        webhook_lost = coalesce(\(changes.webhookLost), webhook_lost),
        stall_seconds = coalesce(\(changes.stallSeconds), stall_seconds),
        late_seconds = coalesce(\(changes.lateSeconds), late_seconds),
        real_retries = coalesce(\(changes.realRetries), real_retries),
        refund_failure = nullif(coalesce(\(changes.refundFailure), refund_failure), ''),
        opening_balance = coalesce(\(changes.openingBalance), opening_balance)
      """)
  }
}
