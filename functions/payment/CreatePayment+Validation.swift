import FunctionKit

extension CreatePayment.Input {
  private static let most = 1_000_000_000
  private static let lifetime: ClosedRange<Duration> = .minutes(15) ... .hours(72)

  /// - Throws: ``Problem`` 422 with every failing field.
  func validate(at now: Instant) throws {
    var validation = Validation()
    validation.require((1...20).contains(orders.count), "orders", "must have 1 to 20 entries", code: "length")
    validation.require(Set(orders.map(\.orderId)).count == orders.count, "orders", "must not name an order twice")
    for (index, order) in orders.enumerated() { Self.check(order, "orders[\(index)]", &validation) }
    validation.range(walletAmount, "walletAmount", 0...20 * Self.most)
    if let expiresAt {
      let isNear = Self.lifetime.contains(expiresAt - now)
      validation.require(isNear, "expiresAt", "must be 15 minutes to 72 hours ahead", code: "range")
    }
    validation.text(customer.name ?? "", "customer.name", length: 1...255)
    validation.text(customer.email, "customer.email", length: 3...255)
    let isAddress = customer.email.map { $0.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s]+/) != nil } ?? true
    validation.require(isAddress, "customer.email", "must be an e-mail address")
    validation.text(customer.phone, "customer.phone", length: 3...30)
    Self.check(url: successUrl, "successUrl", &validation)
    Self.check(url: failureUrl, "failureUrl", &validation)
    try validation.finish()
  }

  private static func check(_ order: CreatePayment.Order, _ field: String, _ validation: inout Validation) {
    validation.text(order.orderNumber, "\(field).orderNumber", length: 1...50)
    let isFew = (1...20).contains(order.lines.count)
    validation.require(isFew, "\(field).lines", "must have 1 to 20 entries", code: "length")
    let sellers = Set(order.lines.map(\.sellerId))
    validation.require(sellers.count == order.lines.count, "\(field).lines", "must not name a seller twice")
    for (index, line) in order.lines.enumerated() { check(line, "\(field).lines[\(index)]", &validation) }
  }

  private static func check(_ line: CreatePayment.Line, _ field: String, _ validation: inout Validation) {
    validation.range(line.merchandiseAmount, "\(field).merchandiseAmount", 0...most)
    validation.range(line.platformDiscount, "\(field).platformDiscount", 0...max(0, min(most, line.merchandiseAmount)))
    validation.range(line.shippingAmount, "\(field).shippingAmount", 0...most)
    validation.range(line.shippingDiscount, "\(field).shippingDiscount", 0...most)
    validation.range(line.taxAmount, "\(field).taxAmount", 0...most)
  }

  private static func check(url: String?, _ field: String, _ validation: inout Validation) {
    guard let url else { return }
    validation.text(url, field, length: 9...255)
    validation.require(url.hasPrefix("https://"), field, "must be an https address")
  }
}

extension Context {
  func requireIdempotencyKey() throws -> String {
    guard let idempotencyKey else { throw Problem.invalid("Idempotency-Key", "is required", code: "required") }
    return idempotencyKey
  }
}
