extension FunctionKind {
  /// The keys of this kind of function, besides those that all have.
  var ownKeys: [String] {
    switch self {
    case .endpoint: ["route", "access", "idempotency", "ifMatch", "concurrency", "rateLimit", "body", "form"]
    case .event: ["on", "retry", "concurrency", "onDead", "from"]
    case .cron: ["schedule", "zone", "overlap", "missed", "jitter", "deadline", "retry"]
    case .webhook: ["route", "verify", "id", "rateLimit", "body", "retry"]
    }
  }

  /// A caller waits for an endpoint; nobody waits for the others, and a cron job may have much to do.
  var usualTimeout: Duration {
    switch self {
    case .endpoint: .seconds(10)
    case .event, .webhook: .seconds(60)
    case .cron: .seconds(300)
    }
  }
}

private let usualBodyLimit = 1_048_576

extension Fields {
  func readTrigger(_ kind: FunctionKind) -> Trigger? {
    switch kind {
    case .endpoint: readEndpoint().map(Trigger.endpoint)
    case .event: readEvent().map(Trigger.event)
    case .cron: readCron().map(Trigger.cron)
    case .webhook: readWebhook().map(Trigger.webhook)
    }
  }

  private func readEndpoint() -> EndpointManifest? {
    require("route", example: "GET /payments/:id")
    let route = read("route", Route.init(parsing:))
    let access = readAccess()
    let idempotency: Idempotency = read("idempotency", Numbers.choice) ?? .none
    let ifMatch: IfMatch = read("ifMatch", Numbers.choice) ?? .optional
    let concurrency = readConcurrency()
    let rateLimits = readRateLimit(by: RateLimit.Key.allCases)
    let bodyLimit = read("body", Units.size) ?? usualBodyLimit
    let takesForm = read("form", Numbers.flag) ?? false
    guard let route else { return nil }
    checkMethod(route.method, idempotency)
    return EndpointManifest(
      route: route, access: access, idempotency: idempotency, ifMatch: ifMatch, concurrency: concurrency,
      rateLimits: rateLimits, bodyLimit: bodyLimit, takesForm: takesForm)
  }

  /// GET has no effects to announce, and GET and DELETE are repeatable by nature.
  private func checkMethod(_ method: String, _ idempotency: Idempotency) {
    if method == "GET", let emits = entry("emits") {
      mistakes.add("'emits'\(inPlace) is not allowed on GET, which must change nothing", at: emits.position)
    }
    if method == "GET", let entry = entry("ifMatch") {
      mistakes.add("'ifMatch'\(inPlace) is not allowed on GET, which must change nothing", at: entry.position)
    }
    if method != "POST", let entry = entry("form") {
      mistakes.add("'form'\(inPlace) is only for POST, not \(method)", at: entry.position)
    }
    if idempotency != .none, ["GET", "DELETE"].contains(method), let entry = entry("idempotency") {
      mistakes.add("'idempotency'\(inPlace) is only for POST, PUT and PATCH, not \(method)", at: entry.position)
    }
  }

  private func readEvent() -> EventManifest? {
    require("on", example: "payment.paid")
    let events = readFilledList("on", single: true, Names.event)
    return EventManifest(
      events: events, retry: readRetry(), concurrency: readEventConcurrency(),
      onDead: read("onDead", Numbers.choice) ?? .skip, from: read("from", Numbers.choice) ?? .latest)
  }

  private func readWebhook() -> WebhookManifest? {
    require("route", example: "POST /webhooks/xendit/invoice")
    let route = read("route", Route.init(parsing:))
    let verification = readVerification()
    let deliveryID = read("id", DeliveryIDSource.init(parsing:)) ?? verification?.scheme.usualID
    let rateLimits = readRateLimit(by: [.address, .route])
    let bodyLimit = read("body", Units.size) ?? usualBodyLimit
    let retry = readRetry()
    if let route, route.method != "POST", let value = value("route") {
      refuse(value, of: "route", Mistake("must be a POST; providers deliver webhooks with no other method"))
    }
    guard let route, let verification else { return nil }
    return WebhookManifest(
      route: route, verification: verification, deliveryID: deliveryID, rateLimits: rateLimits, bodyLimit: bodyLimit,
      retry: retry)
  }
}
