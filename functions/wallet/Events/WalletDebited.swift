import FunctionKit

/// Money left a wallet. Who waits for their debit finds it by what it refers to.
struct WalletDebited: Event {
  static let type = "wallet.debited"

  private let moved: WalletMoved
  init(_ moved: WalletMoved) { self.moved = moved }

  var subject: String { moved.walletId.description }
  func encode(to encoder: any Encoder) throws { try moved.encode(to: encoder) }
}
