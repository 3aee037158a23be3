import FunctionKit

/// Money came into a wallet.
struct WalletCredited: Event {
  static let type = "wallet.credited"

  private let moved: WalletMoved
  init(_ moved: WalletMoved) { self.moved = moved }

  var subject: String { moved.walletId.description }
  func encode(to encoder: any Encoder) throws { try moved.encode(to: encoder) }
}
