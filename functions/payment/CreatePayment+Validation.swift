import FunctionKit

extension CreatePayment.Input: Limited {
  static let limits: [String: FieldLimit] = [
    "orders": .count(counts), "walletAmount": .range(walletAmounts), "successUrl": url, "failureUrl": url,
  ]

  fileprivate static let counts = 1...20
  fileprivate static let most = 1_000_000_000
  fileprivate static let amounts = 0...most
  private static let walletAmounts = 0...20 * most
  private static let urlLength = 9...255
  private static let url = FieldLimit.text(urlLength).and(.pattern("^https://"))
  private static let lifetime: ClosedRange<Duration> = .minutes(15) ... .hours(72)

  /// - Parameter hosts: those that the buyer may be sent back to.
  /// - Throws: ``Problem`` 422 with every failing field.
  func validate(at now: Instant, back hosts: RedirectHosts) throws {
    var validation = Validation()
    validation.require(Self.counts.contains(orders.count), "orders", "must have 1 to 20 entries", code: "length")
    validation.require(Set(orders.map(\.orderId)).count == orders.count, "orders", "must not name an order twice")
    for (index, order) in orders.enumerated() { Self.check(order, "orders[\(index)]", &validation) }
    validation.range(walletAmount, "walletAmount", Self.walletAmounts)
    if let expiresAt {
      let isNear = Self.lifetime.contains(expiresAt - now)
      validation.require(isNear, "expiresAt", "must be 15 minutes to 72 hours ahead", code: "range")
    }
    customer.check("customer", &validation)
    Self.check(url: successUrl, hosts, "successUrl", &validation)
    Self.check(url: failureUrl, hosts, "failureUrl", &validation)
    try validation.finish()
  }

  private static func check(_ order: CreatePayment.Order, _ field: String, _ validation: inout Validation) {
    validation.text(order.orderNumber, "\(field).orderNumber", length: CreatePayment.Order.numberLength)
    let isFew = counts.contains(order.lines.count)
    validation.require(isFew, "\(field).lines", "must have 1 to 20 entries", code: "length")
    let sellers = Set(order.lines.map(\.sellerId))
    validation.require(sellers.count == order.lines.count, "\(field).lines", "must not name a seller twice")
    for (index, line) in order.lines.enumerated() { check(line, "\(field).lines[\(index)]", &validation) }
  }

  static func check(_ line: CreatePayment.Line, _ field: String, _ validation: inout Validation) {
    validation.range(line.merchandiseAmount, "\(field).merchandiseAmount", amounts)
    validation.range(line.platformDiscount, "\(field).platformDiscount", 0...max(0, min(most, line.merchandiseAmount)))
    validation.range(line.shippingAmount, "\(field).shippingAmount", amounts)
    validation.range(line.shippingDiscount, "\(field).shippingDiscount", amounts)
    validation.range(line.taxAmount, "\(field).taxAmount", amounts)
  }

  private static func check(
    url: String?, _ hosts: RedirectHosts, _ field: String, _ validation: inout Validation
  ) {
    guard let url else { return }
    validation.text(url, field, length: urlLength)
    guard url.hasPrefix("https://") else { return validation.fail(field, "must be an https address") }
    validation.require(
      hosts.allow(url), field, "must be on a host that \(RedirectHosts.setting) names", code: "host_not_allowed")
  }
}

extension CreatePayment.Order: Limited {
  static let limits: [String: FieldLimit] = [
    "orderNumber": .text(numberLength), "lines": .count(CreatePayment.Input.counts),
  ]
  fileprivate static let numberLength = 1...50
}

extension CreatePayment.Line: Limited {
  static let limits: [String: FieldLimit] = Dictionary(
    uniqueKeysWithValues: [
      "merchandiseAmount", "platformDiscount", "shippingAmount", "shippingDiscount", "taxAmount",
    ].map { ($0, .range(CreatePayment.Input.amounts)) })
}

extension Customer: Limited {
  static let limits: [String: FieldLimit] = [
    "name": .text(nameLength).needed, "email": .text(emailLength).and(.pattern(#"^[^@\s]+@[^@\s]+\.[^@\s]+$"#)),
    "phone": .text(phoneLength),
  ]
  fileprivate static let nameLength = 1...255
  fileprivate static let emailLength = 3...255
  fileprivate static let phoneLength = 3...30

  func check(_ field: String, _ validation: inout Validation) {
    validation.text(name ?? "", "\(field).name", length: Self.nameLength)
    validation.text(email, "\(field).email", length: Self.emailLength)
    let isAddress = email.map { $0.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s]+/) != nil } ?? true
    validation.require(isAddress, "\(field).email", "must be an e-mail address")
    validation.text(phone, "\(field).phone", length: Self.phoneLength)
  }
}

extension Context {
  func requireIdempotencyKey() throws -> String {
    guard let idempotencyKey else { throw Problem.invalid("Idempotency-Key", "is required", code: "required") }
    return idempotencyKey
  }
}
