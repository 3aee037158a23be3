/// An amount by the buckets that it comes from or goes to, in rupiah.
struct Parts: Codable, Sendable, Hashable {
  var cash = 0
  var promo = 0

  var total: Int { cash + promo }

  static func + (a: Parts, b: Parts) -> Parts { Parts(cash: a.cash + b.cash, promo: a.promo + b.promo) }
  static func - (a: Parts, b: Parts) -> Parts { Parts(cash: a.cash - b.cash, promo: a.promo - b.promo) }
}

extension Parts {
  /// What a capture of so much takes of what is held: promotional credit first, cash last.
  func captured(_ amount: Int) -> Parts {
    let promo = min(promo, amount)
    return Parts(cash: amount - promo, promo: promo)
  }
}
