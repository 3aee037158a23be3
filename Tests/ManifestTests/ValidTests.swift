import Foundation
import Manifest
import Testing

@Suite struct ValidTests {
  @Test func `a bundle says what it is and what it needs`() throws {
    let payment = try bundle("payment.yaml")
    #expect(payment.name == "payment")
    #expect(payment.summary == "Payments, refunds and the ledger.")
    #expect(payment.version == 1)
    #expect(payment.port == 3007)
    #expect(payment.database == "payment_db")
    #expect(!payment.isDevelopmentOnly)
    #expect(payment.needs.secrets == ["XENDIT_SECRET_KEY", "XENDIT_CALLBACK_TOKEN"])
    #expect(payment.needs.settings == ["PAYMENT_HOSTS": "lakoo.id"])
    #expect(payment.needs.outbound == ["xendit"])
    #expect(payment.isolation == .shared && payment.rollback == .manual)
    #expect(payment.libraryName == "PaymentFunctions")
    #expect(payment.file == "payment.yaml")
  }

  @Test func `functions keep the order and the place of the file`() throws {
    let payment = try bundle("payment.yaml")
    let names = [
      "CreatePayment", "GetPayment", "NotifyPaymentPaid", "ClosePayments", "ExpirePayments", "SettleInNewYork",
      "SettleWeekly", "CountEverything", "XenditInvoiceWebhook",
    ]
    #expect(payment.functions.map(\.name) == names)
    #expect(payment.functions.map(\.position.line) == [13, 14, 17, 18, 21, 22, 23, 24, 27])
    #expect(payment.functions.allSatisfy { $0.position.column == 3 })
    #expect(
      payment.functions.map(\.trigger.kind) == [
        .endpoint, .endpoint, .event, .event, .cron, .cron, .cron, .cron, .webhook,
      ])
  }

  @Test func `an endpoint with everything said`() throws {
    let create = try #require(try bundle("payment.yaml").function(named: "CreatePayment"))
    guard case .endpoint(let endpoint) = create.trigger else { throw WrongKind() }
    #expect(endpoint.route.method == "POST")
    #expect(endpoint.route.path == "/create")
    #expect(endpoint.route.segments == [.literal("create")])
    #expect(endpoint.access == [.internal])
    #expect(endpoint.idempotency == .required)
    #expect(endpoint.ifMatch == .required)
    #expect(endpoint.concurrency == Concurrency(limit: 20, queue: 5))
    #expect(endpoint.bodyLimit == 262_144)
    #expect(create.transaction == .none)
    #expect(create.timeout == .seconds(30))
    #expect(create.emits == ["payment.created"])
  }

  @Test func `an endpoint with only what it must say`() throws {
    let get = try #require(try bundle("payment.yaml").function(named: "GetPayment"))
    guard case .endpoint(let endpoint) = get.trigger else { throw WrongKind() }
    #expect(endpoint.route.segments == [.literal("payments"), .parameter("id")])
    #expect(endpoint.route.parameters == ["id"])
    #expect(endpoint.access == [.owner, .internal, .role(["support_agent", "finance_admin"])])
    #expect(endpoint.idempotency == .none)
    #expect(endpoint.ifMatch == .optional)
    #expect(endpoint.concurrency == nil)
    #expect(endpoint.bodyLimit == 1_048_576)
    #expect(get.transaction == .auto)
    #expect(get.timeout == .seconds(10))
    #expect(get.emits.isEmpty)
  }

  @Test func `events, crons and webhooks`() throws {
    let payment = try bundle("payment.yaml")
    let triggers = payment.functions.dropFirst(2).map(\.trigger)
    let patient = RetryPolicy(attempts: 3, minBackoff: .milliseconds(500), maxBackoff: .seconds(150))
    guard case .event(let paid) = triggers[0], case .event(let closed) = triggers[1],
      case .cron(let expire) = triggers[2], case .cron(let settle) = triggers[3], case .webhook(let hook) = triggers[6]
    else { throw WrongKind() }
    #expect(paid.events == ["payment.paid"] && paid.retry == patient)
    #expect(closed.events == ["order.cancelled", "order.line_item.expired"] && closed.retry == RetryPolicy())
    #expect(expire.schedule.description == "*/5 * * * *" && expire.zone.identifier == "Asia/Jakarta")
    #expect(settle.schedule.description == "@daily" && settle.zone.identifier == "America/New_York")
    #expect(hook.route.description == "POST /webhooks/xendit/invoice")
    #expect(hook.verification.scheme == .xendit && hook.bodyLimit == 512 && hook.retry == RetryPolicy())
    let timeouts: [Duration] = [
      .seconds(60), .seconds(60), .seconds(300), .seconds(3600), .seconds(300), .seconds(300), .seconds(60),
    ]
    #expect(payment.functions.dropFirst(2).map(\.timeout) == timeouts)
    #expect(payment.functions.last?.emits == ["payment.paid", "payment.expired"])
  }

  @Test func `a cron says what becomes of ticks that can't simply run`() throws {
    let payment = try bundle("payment.yaml")
    let policies = payment.functions.compactMap { function in
      if case .cron(let cron) = function.trigger { cron.policy } else { nil }
    }
    var weekly = CronPolicy()
    weekly.overlap = .queue
    weekly.missed = .all(limit: 7)
    weekly.jitter = .seconds(30)
    weekly.deadline = .seconds(7200)
    weekly.retry = RetryPolicy(attempts: 3)
    var yearly = CronPolicy()
    yearly.overlap = .allow
    yearly.missed = .all(limit: 100)
    #expect(policies == [CronPolicy(), CronPolicy(), weekly, yearly])
    let usual = CronPolicy()
    #expect(usual.overlap == .forbid && usual.missed == .last && usual.jitter == .zero && usual.deadline == nil)
    #expect(usual.retry.attempts == 1)
  }

  @Test func `a bundle that says as little as it can`() throws {
    let front = try bundle("shop-front.yaml")
    #expect(front.libraryName == "ShopFrontFunctions")
    #expect(front.version == 12 && front.database == nil && front.isDevelopmentOnly)
    #expect(front.isolation == .dedicated() && front.rollback == .auto)
    #expect(front.needs.secrets.isEmpty && front.needs.outbound.isEmpty)
    #expect(front.functions.map { $0.route?.description } == ["GET /", "DELETE /visits/:visitId/pages/a.b_c~d!e-F"])
    #expect(front.functions[0].route?.segments == [])
    guard case .endpoint(let visit) = front.functions[1].trigger else { throw WrongKind() }
    #expect(visit.access == [.role(["admin"])])
  }

  @Test func `the host's own file`() throws {
    let parsed = parseHost(yaml: try text("host.yaml"), file: "host.yaml")
    try #require(parsed.diagnostics == [])
    let host = try #require(parsed.manifest)
    #expect(host.bundles == ["shop-front", "payment"])
    #expect(host.gatewayPort == 18080 && host.adminPort == 9090)
    #expect(host.upstreams == ["xendit": "https://api.xendit.co", "biteship": "http://127.0.0.1:9001/v1"])
    #expect(host.auth.issuer == "https://id.test" && host.auth.audience == "lakoo")
    #expect(host.auth.keys == "/etc/keys.json" && host.auth.cookie == "__Host-t")
    #expect(host.auth.origins == ["https://shop.test:8443"] && host.auth.staleAfter == .seconds(120))
    #expect(host.workers == 4 && host.hang == .seconds(3) && host.keptReleases == 3)
    #expect(host.memory == 1_073_741_824 && host.drain == .seconds(15))
    #expect(host.limits.connections == 500 && host.limits.header == 16_384)
    #expect(host.limits.idle == .seconds(5) && host.limits.headerTime == .milliseconds(1500))
    #expect(host.accessLog == .sampled(percent: 5) && host.traces.endpoint == "http://collector:4318")
    #expect(host.traces.sample == 10 && host.traces.service == "lakoo-jakarta")
  }

  @Test(arguments: [
    ("203.0.113.7", "203.0.113.7"), ("::ffff:10.0.0.1", "10.0.0.1"), ("2001:db8::7", "2001:db8:0:0:0:0:0:7"),
    ("::", "0:0:0:0:0:0:0:0"),
  ])
  func `an address is written as it can be read`(text: String, written: String) throws {
    #expect(try #require(IPAddress(text)).description == written)
    #expect(IPAddress(written) == IPAddress(text))
  }

  @Test func `the host's limits of rates stand in for the usual ones`() throws {
    let host = try #require(parseHost(yaml: try text("host.yaml"), file: "host.yaml").manifest)
    let hour = Duration.seconds(3600)
    #expect(
      host.rateLimits["gateway"] == [
        RateLimit(by: .address, requests: 600, per: .seconds(60), burst: 100),
        RateLimit(by: .user, requests: 300, per: .seconds(60), burst: 300),
      ])
    #expect(host.rateLimits["otp"] == [RateLimit(by: .address, requests: 3, per: hour)])
    #expect(host.rateLimits["webhook"] == [] && host.rateLimits["login"]?.isEmpty == false)
    #expect(
      host.limits([.named("search"), .limit(RateLimit(by: .user, requests: 1, per: hour)), .named("none")]) == [
        RateLimit(by: .route, requests: 1000, per: .seconds(1)), RateLimit(by: .user, requests: 1, per: hour),
      ])
    let usual = HostManifest().rateLimits
    #expect(usual["gateway"] == [] && ["login", "otp", "webhook"].allSatisfy { usual[$0]?.first?.key == .address })
  }

  @Test(arguments: [
    ("10.255.0.1", true), ("11.0.0.1", false), ("2001:db8:ffff::1", true), ("2001:db9::", false),
    ("203.0.113.7", true), ("203.0.113.8", false), ("::ffff:10.0.0.1", true), ("::10.0.0.1", false),
  ])
  func `proxies are ranges of addresses`(text: String, isProxy: Bool) throws {
    let host = try #require(parseHost(yaml: try self.text("host.yaml"), file: "host.yaml").manifest)
    let address = try #require(IPAddress(text))
    #expect(host.trustedProxies.contains { $0.contains(address) } == isProxy)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "::1::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":::",
    "12345::", "g::", "1:2:3:4:5:6:7::8:9", "::1.2.3", "::1.2.3.4:5", "+1::", "fe80::1%eth0",
  ])
  func `what is no address is none`(text: String) { #expect(IPAddress(text) == nil) }

  @Test(arguments: [
    ("https://lakoo.id", true), ("https://shop.lakoo.id", true), ("https://a.b.lakoo.id", true),
    ("http://lakoo.id", false), ("https://lakoo.id:8443", false), ("https://evillakoo.id", false),
    ("https://lakoo.id.evil.com", false), ("https://evil.com/.lakoo.id", false), ("https://.lakoo.id", false),
    ("https://evil.com#.lakoo.id", false), ("null", false), ("", false),
  ])
  func `origins are exact, or below a domain`(origin: String, isAllowed: Bool) throws {
    let host = try #require(parseHost(yaml: try text("host.yaml"), file: "host.yaml").manifest)
    let cors = try #require(host.cors)
    #expect(cors.credentials && cors.maxAge == .seconds(3600))
    #expect(cors.allows(origin) == isAllowed)
  }

  @Test func `a dedicated bundle says how much it may take`() throws {
    let bounds = "isolation: { dedicated: { workers: 2, memory: 512MB, cpus: 1 } }"
    let yaml = try text("shop-front.yaml").replacing("isolation: dedicated", with: bounds)
    let parsed = parseBundle(yaml: yaml, file: "shop-front.yaml")
    #expect(parsed.diagnostics == [])
    #expect(parsed.manifest?.isolation == .dedicated(workers: 2, memory: 512_000_000, cpus: 1))
  }

  @Test func `the gateway speaks TLS by two files, or not at all`() throws {
    let yaml = "tls: { certificate: /etc/tls/chain.pem, key: /etc/tls/key.pem }"
    let files = parseHost(yaml: yaml, file: "host.yaml").manifest?.tls
    #expect(files?.certificate == "/etc/tls/chain.pem" && files?.key == "/etc/tls/key.pem")
    #expect(try #require(parseHost(yaml: "workers: 1", file: "host.yaml").manifest).tls == nil)
  }

  @Test func `workers are as many as processors unless a number is said`() throws {
    let host = try #require(parseHost(yaml: "workers: auto", file: "host.yaml").manifest)
    #expect(host.workers == nil && host.hang == .seconds(5) && host.memory == nil && host.drain == .seconds(10))
  }

  @Test func `a path before the file's name, and YAML's anchors, make no difference`() throws {
    let yaml =
      try text("shop-front.yaml").replacing("access: public", with: "access: &open public") + """
          ShowMore:
            access: *open
            route: GET /more
        """
    let parsed = parseBundle(yaml: yaml, file: "manifests/shop-front.yaml")
    #expect(parsed.diagnostics == [])
    guard case .endpoint(let more) = parsed.manifest?.functions.last?.trigger else { throw WrongKind() }
    #expect(more.access == [.public])
  }

  private func text(_ file: String) throws -> String {
    try String(contentsOf: sourceDirectory.appending(path: "Valid/\(file)"), encoding: .utf8)
  }

  private func bundle(_ file: String) throws -> BundleManifest {
    let parsed = parseBundle(yaml: try text(file), file: file)
    try #require(parsed.diagnostics == [])
    return try #require(parsed.manifest)
  }
}

private struct WrongKind: Error {}
