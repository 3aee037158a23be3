/// What a refund is made of, in rupiah.
struct RefundParts: Sendable, Hashable {
  var merchandise = 0
  var tax = 0
  var shipping = 0
  var fee = 0

  var total: Int { merchandise + tax + shipping + fee }

  /// What an amount is taken from first.
  static var inOrder: [WritableKeyPath<RefundParts, Int>] { [\.merchandise, \.tax, \.shipping, \.fee] }

  /// Takes an amount from what there is, part by part in order.
  static func taking(_ amount: Int, from left: RefundParts) -> RefundParts {
    var (parts, rest) = (RefundParts(), amount)
    for part in inOrder {
      parts[keyPath: part] = min(rest, left[keyPath: part])
      rest -= parts[keyPath: part]
    }
    return parts
  }

  func fits(in left: RefundParts) -> Bool {
    Self.inOrder.allSatisfy { (0...max(0, left[keyPath: $0])).contains(self[keyPath: $0]) }
  }

  static func + (a: RefundParts, b: RefundParts) -> RefundParts { a.combined(with: b, by: +) }
  static func - (a: RefundParts, b: RefundParts) -> RefundParts { a.combined(with: b, by: -) }

  private func combined(with other: RefundParts, by operation: (Int, Int) -> Int) -> RefundParts {
    var parts = self
    for part in Self.inOrder { parts[keyPath: part] = operation(self[keyPath: part], other[keyPath: part]) }
    return parts
  }
}

extension Sequence where Element == RefundParts {
  func sum() -> RefundParts { reduce(RefundParts(), +) }
}

extension Amounts {
  /// The most that the buyer can get back.
  var refundable: RefundParts { RefundParts(merchandise: goods, tax: tax, shipping: shipping, fee: fee) }
}
