import FunctionKit

extension TransactionGateway {
  private static let patience: Duration = .seconds(20)
  private static let attempts = 3

  /// The provider itself.
  static func xendit(_ context: Context) -> TransactionGateway {
    let calls = XenditCalls(context: context)
    return TransactionGateway(
      page: { listing, after in
        let page = try await ask(
          "list_transactions", listing.query + (after.map { "&after_id=\(escaped($0))" } ?? ""), calls)
        return MovementPage(
          movements: page.data.map(\.movement).filter { listing.holds($0) },
          next: page.hasMore ? page.data.last?.id : nil)
      },
      find: { type, reference in
        let query = "types=\(type.providerWord)&reference_id=\(escaped(reference))&limit=50"
        return try await ask("find_transaction", query, calls).data.map(\.movement)
      })
  }

  /// Tries until the provider answers or has not done so often enough; after too many questions, when it says.
  private static func ask(_ action: String, _ query: String, _ calls: XenditCalls) async throws -> XenditTransactionPage
  {
    var request = UpstreamRequest("xendit", "GET", "/transactions?\(query)")
    request.timeout = patience
    for _ in 1..<attempts {
      do {
        let response = try await calls.exchange(action, request, keepsAnswer: false)
        guard let failure = GatewayFailure(response) else { return try decoded(XenditTransactionPage.self, response) }
        guard case .unavailable = failure else { throw failure }
        try await Task.sleep(for: .seconds(response.pause))
      } catch GatewayFailure.unavailable {
        continue
      }
    }
    let response = try await calls.exchange(action, request, keepsAnswer: false)
    if let failure = GatewayFailure(response) { throw failure }
    return try decoded(XenditTransactionPage.self, response)
  }

  /// What stands for itself in a query.
  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain = byte.isAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      return isPlain ? String(UnicodeScalar(byte)) : "%" + String(Int(byte) + 0x100, radix: 16).suffix(2)
    }.joined()
  }
}

extension UpstreamResponse {
  /// For how many seconds nobody should ask again.
  fileprivate var pause: Int {
    guard status == 429 else { return 0 }
    let reset = headers.first { $0.name.lowercased() == "rate-limit-reset" }?.value.prefix { $0 != "." }
    return min(60, 1 + (reset.flatMap { Int($0) } ?? 5))
  }
}

extension UInt8 {
  fileprivate var isAlphanumeric: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
  }
}

extension Listing {
  /// The end is another day's already, and is left out by ``holds(_:)``: the provider's bounds are both included.
  fileprivate var query: String {
    let (field, types) =
      switch kind {
      case .incoming: ("created", "")
      case .outgoing: ("updated", "types=REFUND&types=DISBURSEMENT&")
      }
    return "\(types)\(field)%5Bgte%5D=\(day.start)&\(field)%5Blte%5D=\(day.end)&limit=50"
  }

  fileprivate func holds(_ movement: Movement) -> Bool {
    let isOutgoing = movement.type == .refund || movement.type == .payout
    return movement.effect != .none && isOutgoing == (kind == .outgoing) && day.contains(movement.at)
  }
}

extension MovementType {
  fileprivate var providerWord: String {
    switch self {
    case .payment: "PAYMENT"
    case .refund: "REFUND"
    case .payout: "DISBURSEMENT"
    case .other: "OTHER"
    }
  }
}
