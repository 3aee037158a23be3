import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import WalletFunctions

/// The same id for the same number, so that a failing test names what it means.
func sampleID(_ number: Int) -> ID {
  ID(at: Instant(seconds: 1_700_000_000), random: (0, UInt64(number)))
}

extension JSON {
  static func id(_ id: ID) -> JSON { .string(id.description) }
  static func int(_ number: Int) -> JSON { .number(JSONNumber(number)) }
  static func time(_ time: Instant) -> JSON { .string(time.description) }
}

/// The bundle on a database of its own.
struct WalletScene: Sendable {
  let wallet: BundleUnderTest
  let payment = FakePayment()
  let buyer = sampleID(1)
  let seller = sampleID(2)
  let sellerUser = sampleID(3)
  let finance = Caller(userID: sampleID(4), role: .financeAdmin, isPrivileged: true)
  let admin = Caller(userID: sampleID(5), role: .admin, isPrivileged: true)
  let support = Caller(userID: sampleID(6), role: .supportAgent, isPrivileged: true)

  static func run(_ body: @escaping @Sendable (WalletScene) async throws -> Void) async throws {
    try await withBundle("wallet", Wallet.self) { wallet in
      let scene = WalletScene(wallet: wallet)
      let payment = scene.payment
      wallet.on(service: "payment") { try payment.answer($0) }
      try await body(scene)
      try await scene.mustHold()
    }
  }

  /// What is true of the books after whatever a test has done.
  func mustHold() async throws {
    let sum: Int = try await wallet.one("select coalesce(sum(amount), 0)::bigint from ledger_entry")
    #expect(sum == 0, "the books sum to nothing")
    let drifted: Int = try await wallet.one(
      """
      select count(*) from wallet where (cash_balance, promo_balance, held_balance) <> (
        select coalesce(-sum(amount) filter (where bucket = 'cash'), 0),
          coalesce(-sum(amount) filter (where bucket = 'promo'), 0),
          coalesce(-sum(amount) filter (where bucket = 'hold'), 0)
        from ledger_account left join ledger_entry on account_id = ledger_account.id where wallet_id = wallet.id)
      """)
    #expect(drifted == 0, "cached balances are the sums of their entries")
  }

  func refund(
    _ amount: Int, number: Int = 1, payment: Int = 700, method: JSON = "wallet", isFull: Bool = false,
    order: Int = 800, merchandise: Int? = nil
  ) async throws {
    try await wallet.handle(
      "CreditRefund", type: "refund.completed",
      data: [
        "refundId": .id(sampleID(600 + number)), "paymentId": .id(sampleID(payment)), "orderId": .id(sampleID(order)),
        "userId": .id(buyer), "walletAmount": .int(amount), "method": method, "isFull": .bool(isFull),
        "merchandiseAmount": .int(merchandise ?? amount),
      ])
  }

  func settle(_ net: Int, number: Int = 1) async throws {
    try await wallet.handle(
      "CreditSettlement", type: "settlement.completed",
      data: [
        "settlementId": .id(sampleID(500 + number)), "settlementNumber": .string("SET-\(number)"),
        "sellerId": .id(seller), "sellerUserId": .id(sellerUser), "netAmount": .int(net),
      ])
  }

  @discardableResult
  func hold(
    _ amount: Int, payment: Int = 700, order: Int? = nil, usePromo: Bool? = nil, lives: Duration = .hours(1),
    kind: WalletKind = .buyer
  ) async throws -> TestReply {
    var body: JSONObject = [
      "kind": .string(kind.rawValue), "ownerId": .id(kind == .buyer ? buyer : seller), "purpose": "payment",
      "referenceId": .id(sampleID(payment)), "amount": .int(amount), "expiresAt": .time(wallet.clock.now + lives),
    ]
    if let order { body["orderAmount"] = .int(order) }
    if let usePromo { body["usePromo"] = .bool(usePromo) }
    return try await wallet.call("CreateHold", body: .object(body), caller: .service, key: "\(wallet.newID())")
  }

  @discardableResult
  func capture(_ hold: TestReply, _ amount: Int? = nil, payment: Int = 700) async throws -> TestReply {
    var body: JSONObject = ["paymentId": .id(sampleID(payment)), "orderId": .id(sampleID(800))]
    if let amount { body["amount"] = .int(amount) }
    return try await wallet.call(
      "CaptureHold", path: [("id", hold.data["id"]?.string ?? "")], body: .object(body), caller: .service)
  }

  @discardableResult
  func release(_ hold: TestReply) async throws -> TestReply {
    try await wallet.call("ReleaseHold", path: [("id", hold.data["id"]?.string ?? "")], body: [:], caller: .service)
  }

  /// Gives the buyer promotional credit.
  @discardableResult
  func grant(_ amount: Int, days: Int = 30, minOrder: Int? = nil, budget: Int = 1_000_000_000) async throws -> ID {
    var body: JSONObject = [
      "name": "Promo", "creditAmount": .int(amount), "validFrom": .time(wallet.clock.now - .hours(1)),
      "validUntil": .time(wallet.clock.now + .days(365)), "creditDays": .int(days), "budget": .int(budget),
    ]
    if let minOrder { body["minOrderAmount"] = .int(minOrder) }
    let made = try await wallet.call("CreatePromotion", body: .object(body), caller: admin)
    let id = try #require(ID(made.data["id"]?.string ?? ""))
    let reply = try await award(id, [buyer])
    #expect(reply.data["awarded"] == 1)
    return id
  }

  func award(_ campaign: ID, _ users: [ID]) async throws -> TestReply {
    try await wallet.call(
      "AwardPromotion", path: [("id", campaign.description)],
      body: ["userIds": .array(users.map(JSON.id))], caller: admin, key: "\(wallet.newID())")
  }

  struct Balances: Decodable, Equatable {
    var cash: Int
    var promo: Int
    var held: Int

    init(_ cash: Int, _ promo: Int = 0, held: Int = 0) {
      self.cash = cash
      self.promo = promo
      self.held = held
    }
  }

  func balances(_ kind: WalletKind = .buyer) async throws -> Balances {
    try await wallet.one(
      """
      select cash_balance as cash, promo_balance as promo, held_balance as held from wallet where kind = \(kind)
      """)
  }

  func walletID(_ kind: WalletKind = .buyer) async throws -> ID {
    try await wallet.one("select id from wallet where kind = \(kind)")
  }

  /// The balance of an account, debits positive.
  func account(_ code: String) async throws -> Int {
    try await wallet.one(
      """
      select coalesce(sum(amount), 0)::bigint from ledger_entry
      join ledger_account on ledger_account.id = account_id where code = \(code)
      """)
  }

  func transactions() async throws -> [String] {
    try await wallet.query(
      "select type || ' ' || direction || ' ' || amount from wallet_transaction order by wallet_id, seq",
      as: String.self)
  }

  /// Lets time go by.
  func wait(_ duration: Duration) { wallet.clock.advance(by: duration) }
}
