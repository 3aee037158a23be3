/// One bill over several orders: its fee, and which line of which order bears how much of it.
struct Bill: Sendable, Equatable {
  struct Order: Sendable, Equatable {
    var lines: [Amounts]
    var wallet: Int

    var amounts: Amounts { lines.sum() }
    /// What the provider is to collect.
    var gateway: Int { amounts.total - wallet }
  }

  let orders: [Order]
  let fee: Int

  /// - Parameter charges: the lines of each order, without fees.
  init(_ charges: [[Amounts]], wallet: Int, policy: FeePolicy) {
    let perOrder = charges.map { $0.sum() }
    let fee = policy.fee(on: perOrder.sum(), wallet: wallet)
    let fees = split(fee, by: perOrder.map(\.goods))
    let wallets = split(wallet, by: perOrder.map(\.due))
    orders = charges.indices.map { Order(lines: charges[$0], fee: fees[$0], wallet: wallets[$0]) }
    self.fee = fee
  }

  var gateway: Int { orders.map(\.gateway).reduce(0, +) }
}

extension Bill.Order {
  init(lines: [Amounts], fee: Int, wallet: Int) {
    let fees = split(fee, by: lines.map(\.goods))
    self.lines = zip(lines, fees).map { line, fee in
      var line = line
      line.fee = fee
      return line
    }
    self.wallet = wallet
  }
}
