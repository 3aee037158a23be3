import FunctionKit

extension Journal {
  /// Money that a wallet gains.
  static func credit(
    _ kind: Kind, _ reference: Reference, _ description: String, to wallet: ID, _ parts: Parts
  ) -> Journal {
    let other = kind.counterpart.map { [($0, parts.total)] } ?? []
    return Journal(
      kind, reference, description, [(.cash(wallet), -parts.cash), (.promo(wallet), -parts.promo)] + other)
  }

  /// Money that a wallet loses, out of what is free.
  static func debit(
    _ kind: Kind, _ reference: Reference, _ description: String, from wallet: ID, _ parts: Parts
  ) -> Journal {
    let other = kind.counterpart.map { [($0, -parts.total)] } ?? []
    return Journal(kind, reference, description, [(.cash(wallet), parts.cash), (.promo(wallet), parts.promo)] + other)
  }

  static func hold(_ parts: Parts, of wallet: ID, _ hold: ID) -> Journal {
    Journal(
      .hold, Reference(type: "hold", id: hold), "Set aside",
      [(.cash(wallet), parts.cash), (.promo(wallet), parts.promo), (.hold(wallet), -parts.total)])
  }

  static func release(_ parts: Parts, of wallet: ID, _ hold: ID) -> Journal {
    Journal(
      .release, Reference(type: "hold", id: hold), "Set free again",
      [(.cash(wallet), -parts.cash), (.promo(wallet), -parts.promo), (.hold(wallet), parts.total)])
  }

  /// Money that was set aside goes to the payment service.
  static func capture(_ amount: Int, of wallet: ID, _ hold: ID, _ description: String) -> Journal {
    Journal(
      .capture, Reference(type: "hold", id: hold), description, [(.hold(wallet), amount), (.clearing, -amount)])
  }

  /// Money that was set aside goes to a bank account, and the fee stays here.
  static func withdrawal(_ amount: Int, fee: Int, of wallet: ID, _ reference: Reference, _ text: String) -> Journal {
    Journal(
      .withdrawal, reference, text,
      [(.hold(wallet), amount), (.clearing, fee - amount), (.withdrawalFee, -fee)])
  }

  /// A withdrawal that came to nothing, its fee included.
  static func reversal(_ amount: Int, fee: Int, of wallet: ID, _ reference: Reference, _ text: String) -> Journal {
    Journal(
      .withdrawalReversal, reference, text,
      [(.clearing, amount - fee), (.withdrawalFee, fee), (.cash(wallet), -amount)])
  }
}
