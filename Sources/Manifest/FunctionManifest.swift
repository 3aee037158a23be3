/// One function of a bundle: what sets it off, and the limits it runs under.
public struct FunctionManifest: Sendable, Hashable {
  /// The name of the Swift type.
  public let name: String
  public let trigger: Trigger
  public let transaction: TransactionMode
  public let timeout: Duration
  /// The names of the events it may emit.
  public let emits: [String]
  /// Where the manifest names it.
  public let position: Position
  /// Where each event stands under `emits` and `on`.
  let emitPlaces: [String: Position]
  let onPlaces: [String: Position]

  /// Whether the other says the same, wherever it stands in its file.
  public func says(_ other: FunctionManifest) -> Bool {
    (name, transaction, timeout, emits) == (other.name, other.transaction, other.timeout, other.emits)
      && trigger == other.trigger
  }
}

public enum Trigger: Sendable, Hashable {
  case endpoint(EndpointManifest)
  case event(EventManifest)
  case cron(CronManifest)
  case webhook(WebhookManifest)
}

public struct EndpointManifest: Sendable, Hashable {
  public let route: Route
  /// A caller that passes any one of these may call.
  public let access: [Access]
  public let idempotency: Idempotency
  public let ifMatch: IfMatch
  /// Nil for as many as come.
  public let concurrency: Concurrency?
  /// Nil when it says nothing of any.
  public let rateLimits: [RateLimitRule]?
  /// Bytes.
  public let bodyLimit: Int
  /// Whether a body may also be sent as an HTML form is, its fields read as a query's are.
  public let takesForm: Bool
}

public struct CronManifest: Sendable, Hashable {
  public let schedule: CronSchedule
  public let zone: TimeZoneRules
  public let policy: CronPolicy
}

public struct WebhookManifest: Sendable, Hashable {
  public let route: Route
  public let verification: WebhookVerification
  /// Where the sender names the delivery; nil when nothing but its content does.
  public let deliveryID: DeliveryIDSource?
  /// Nil when it says nothing of any.
  public let rateLimits: [RateLimitRule]?
  /// Bytes.
  public let bodyLimit: Int
  public let retry: RetryPolicy
}

extension FunctionManifest {
  /// The route of an endpoint or a webhook.
  public var route: Route? {
    switch trigger {
    case .endpoint(let endpoint): endpoint.route
    case .webhook(let webhook): webhook.route
    case .event, .cron: nil
    }
  }
}
