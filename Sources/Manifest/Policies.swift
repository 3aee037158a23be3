/// Whether one invocation is one database transaction.
public enum TransactionMode: String, Sendable, Hashable, CaseIterable {
  /// Committed when the function returns, rolled back when it throws.
  case auto
  /// The function opens its own, because it calls a provider and no transaction is held open across a network call.
  case none
}

/// What an endpoint does with `Idempotency-Key`.
public enum Idempotency: String, Sendable, Hashable, CaseIterable {
  /// A request without a key is refused.
  case required
  /// A key is honoured if it is there.
  case optional
  /// The header is ignored.
  case none
}

/// What an endpoint does with `If-Match`, the version that a client has seen of what it changes.
public enum IfMatch: String, Sendable, Hashable, CaseIterable {
  /// A request without it is refused.
  case required
  /// The function looks at it if it is there.
  case optional
}

/// The four sections of a manifest, and with them the four kinds of function.
public enum FunctionKind: String, Sendable, Hashable, CaseIterable {
  case endpoint, event, cron, webhook

  /// The manifest's key: `endpoints`.
  public var section: String { rawValue + "s" }
}

extension Trigger {
  public var kind: FunctionKind {
    switch self {
    case .endpoint: .endpoint
    case .event: .event
    case .cron: .cron
    case .webhook: .webhook
    }
  }
}
