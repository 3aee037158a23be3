/// What the host, or a test, does for one invocation. Functions never see it; they use ``Context``.
public protocol InvocationHost: Sendable {
  var now: Instant { get }
  func random() -> UInt64
  /// The statements of the invocation itself.
  var session: any DatabaseSession { get }
  /// A new transaction on the bundle's database.
  func begin() async throws -> any DatabaseSession
  var trace: Trace { get }
  /// A header of the HTTP request that is being answered.
  func header(_ name: String) -> String?
  func send(_ request: UpstreamRequest) async throws -> UpstreamResponse
  /// Calls another service. Gives its answer, of any status.
  /// - Throws: ``ServiceError`` when none came.
  func call(_ request: ServiceRequest) async throws -> RawReply
  /// The function has shown that what it touches belongs to the caller.
  func noteOwnership()
  func log(_ level: Log.Level, _ message: String)
  func secret(_ name: String) throws -> String
  func setting(_ name: String) throws -> String
  func seal(_ plain: [UInt8], with secret: String, for place: String) throws -> [UInt8]
  /// - Throws: ``SealBroken``.
  func open(_ sealed: [UInt8], with secret: String, for place: String) throws -> [UInt8]
  func fingerprint(_ text: [UInt8], with secret: String) throws -> [UInt8]
  func sign(_ message: [UInt8], with secret: String, as signing: Signing) throws -> [UInt8]
  func baseURL(of upstream: String) throws -> String
  func offload(_ work: @escaping @Sendable () -> Void) async throws
}

/// A conversation with the bundle's database.
public protocol DatabaseSession: Sendable {
  /// Whether a transaction has begun and not ended yet.
  var isOpen: Bool { get }
  func run(_ statement: SQL) async throws -> QueryResult
  /// Writes the event to the outbox of the running transaction.
  func emit(_ event: EmittedEvent) async throws
  func commit() async throws
  func rollback() async
}
