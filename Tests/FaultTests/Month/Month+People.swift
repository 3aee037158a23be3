import FaultTesting
import FunctionKit

/// What each of the people does, and repeats until it is answered.
extension Month {
  private static let patience = Duration.seconds(60)

  /// Sellers name their accounts, buyers fill their wallets, and the provider begins to fail.
  func prepare() async throws {
    for seller in plan.sellers {
      let account: JSON = [
        "channelCode": "ID_BCA", "accountNumber": .string(seller.account),
        "accountHolder": .string("Toko \(seller.number)"),
      ]
      try await insist("wallet", "/bank-accounts", account, as: seller.user, key: nil)
    }
    for buyer in plan.buyers where buyer.hasMoney {
      let bill = try await insist(
        "wallet", "/wallet/topups", ["amount": 5_000_000], as: buyer.id, key: "topup:\(buyer.id)")
      guard let page = page(bill["paymentUrl"]) else { throw TestFailure("a top-up without a page: \(bill)") }
      try await press("\(page)/pay")
    }
    try await world.settle(Self.quiet)
    let faults: JSON = [
      "timeoutBefore": 12, "timeoutAfter": 13, "serverError": 13, "rateLimited": 12, "stallSeconds": 1,
      "webhookLate": 50, "webhookDuplicate": 50, "webhookDisordered": 20, "webhookLost": 5,
      "seed": .number(JSONNumber(plan.faultSeed)),
    ]
    let reply = try await world.send("sandbox", "PUT", "/sandbox/faults", body: faults)
    guard reply.status == 200 else { throw TestFailure("faults are refused: \(reply.text)") }
  }

  /// The provider fails no more.
  func healProvider() async throws {
    let reply = try await world.send("sandbox", "PUT", "/sandbox/faults", body: ["reset": true])
    guard reply.status == 200 else { throw TestFailure("faults stay: \(reply.text)") }
  }

  func buy(_ sale: Sale) async throws {
    let body: JSON = [
      "userId": .string(sale.buyer.id.description), "customer": ["name": "Pembeli"],
      "walletAmount": .number(JSONNumber(sale.fromWallet)),
      "orders": [
        [
          "orderId": .string(sale.order.description), "orderNumber": .string("ORD-\(sale.number)"),
          "lines": .array(sale.lines.map(\.json)),
        ]
      ],
    ]
    try await insist("payment", "/create", body, key: "checkout:\(sale.order)")
  }

  func pay(_ sale: Sale) async throws {
    switch sale.fate {
    case .paid: try await press("\(page(of: sale))/pay?channel=\(sale.channel)")
    case .late: await pages.remember(try await page(of: sale), of: sale.order)
    case .left: break
    case .cancelled:
      let id = try await payment(of: sale)["id"]?.string ?? ""
      try await insist("payment", "/payments/\(id)/cancel", ["reason": "berubah pikiran"], key: nil)
    }
  }

  func payLate(_ sale: Sale) async throws {
    guard let page = await pages.page(of: sale.order) else { throw TestFailure("order \(sale.order) had no page") }
    try await press("\(page)/pay?channel=\(sale.channel)&late=true")
  }

  func receive(_ sale: Sale) async throws {
    for seller in Set(sale.lines.compactMap { $0.seller?.id }) {
      let path = "/internal/commissions/order/\(sale.order)/complete"
      let body: JSON = ["sellerId": .string(seller.description)]
      _ = try await answer("payment", "PUT", path, body)
    }
  }

  func giveBack(_ sale: Sale) async throws {
    var body = JSONObject([("orderId", .string(sale.order.description))])
    switch sale.givingBack {
    case nil: return
    case .cancelled: body["reason"] = "order_cancelled"
    case .part(let percent, _): body = sale.asking(for: percent, body)
    case .bank(let percent, _):
      body = sale.asking(for: percent, body)
      // No bank takes less.
      guard sale.goods(percent) >= 10_000 else { break }
      body["method"] = "bank_transfer"
      body["bank"] = ["code": "ID_BNI", "accountNumber": "8800112233", "holder": "Pembeli"]
    }
    try await insist("payment", "/internal/refunds", .object(body), key: "return:\(sale.order)")
  }

  /// Each seller takes a part of what is there; finance lets large ones pass.
  func withdraw(_ day: Int) async throws {
    for seller in plan.sellers {
      let headers = HTTP.user(seller.user.description)
      let wallet = try await world.insist(
        "wallet", "GET", "/wallet?kind=seller", headers: headers, patience: Self.patience)
      // Who has not been paid yet has none.
      guard let wallet, wallet.status == 200 else { continue }
      let amount = (wallet.data["cash"]?.int ?? 0) * (day > MonthPlan.days ? 100 : plan.withdrawn) / 100
      guard (10_000...50_000_000).contains(amount) else { continue }
      let account = try await answer("wallet", "GET", "/bank-accounts", headers: headers)[0]
      guard let account, let id = account["id"], account["status"] != "invalid" else { continue }
      let made = try await insist(
        "wallet", "/withdrawals", ["kind": "seller", "amount": .number(JSONNumber(amount)), "bankAccountId": id],
        as: seller.user, key: "week:\(day)")
      if made["status"] == "pending_review" { try await review(made) }
    }
    try await world.settle(Self.quiet)
  }

  private func review(_ withdrawal: JSON) async throws {
    let path = "/admin/withdrawals/\(withdrawal["id"]?.string ?? "")/review"
    var headers = HTTP.user(plan.finance.description)
    headers["x-user-role"] = "finance_admin"
    _ = try await answer("wallet", "POST", path, ["approve": true, "reason": "diperiksa"], headers: headers)
  }
}

extension Month {
  /// What everybody else knows of a sale.
  func payment(of sale: Sale) async throws -> JSON {
    try await answer("payment", "GET", "/payments/order/\(sale.order)")
  }

  /// Where a sale is paid. One that could not be opened yet is opened by a job.
  private func page(of sale: Sale) async throws -> String {
    for _ in 0..<150 {
      if let page = try await page(payment(of: sale)["invoice"]?["url"]) { return page }
      try await world.advanceClock(seconds: 60)
      try await world.pause(.milliseconds(200))
    }
    throw TestFailure("order \(sale.order) of day \(sale.day) has no page to pay on")
  }

  private func page(_ url: JSON?) -> String? {
    guard let url = url?.string else { return nil }
    return url.firstRange(of: "/web/").map { String(url[$0.lowerBound...]) }
  }

  private func press(_ path: String) async throws {
    guard let reply = try await world.post("sandbox", path, patience: Self.patience), reply.status == 303 else {
      throw TestFailure("\(path) is refused")
    }
  }

  @discardableResult
  private func insist(
    _ door: Door, _ path: String, _ body: JSON, as user: ID? = nil, key: String?
  ) async throws -> JSON {
    let headers = user.map { HTTP.user($0.description) } ?? HTTP.service
    let reply = try await world.post(door, path, body: body, headers: headers, key: key, patience: Self.patience)
    guard let reply, [200, 201, 202].contains(reply.status) else {
      throw TestFailure("\(path) is refused: \(reply?.text ?? "no answer")")
    }
    return reply.data
  }

  private func answer(
    _ door: Door, _ method: String, _ path: String, _ body: JSON? = nil, headers: [String: String] = HTTP.service
  ) async throws -> JSON {
    let reply = try await world.insist(door, method, path, headers: headers, body: body, patience: Self.patience)
    guard let reply, (200...202).contains(reply.status) else {
      throw TestFailure("\(method) \(path) is refused: \(reply?.text ?? "no answer")")
    }
    return reply.data
  }
}

extension Sale {
  /// What that part of the first line's goods cost.
  fileprivate func goods(_ percent: Int) -> Int { max(1, (lines[0].goods - lines[0].discount) * percent / 100) }

  fileprivate func asking(for percent: Int, _ body: JSONObject) -> JSONObject {
    var body = body
    body["reason"] = "item_defective"
    body["lines"] = [
      [
        "sellerId": .string(of: lines[0].seller?.id), "merchandise": .number(JSONNumber(goods(percent))),
      ]
    ]
    return body
  }
}

extension Sale.Line {
  fileprivate var json: JSON {
    [
      "sellerId": .string(of: seller?.id),
      "sellerUserId": .string(of: seller?.user),
      "merchandiseAmount": .number(JSONNumber(goods)), "platformDiscount": .number(JSONNumber(discount)),
      "shippingAmount": .number(JSONNumber(shipping)),
    ]
  }
}

extension JSON {
  fileprivate static func string(of id: ID?) -> JSON { id.map { .string($0.description) } ?? .null }
}
