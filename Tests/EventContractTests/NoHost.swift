import FunctionKit

/// A host with nothing behind it: a function that gets as far as using it has read its input.
struct NoHost: InvocationHost {
  struct Reached: Error {}

  var now: Instant { Instant(microseconds: 1_768_466_470_250_000) }
  var session: any DatabaseSession { NoDatabase() }
  var trace: Trace { Trace(random: (1, 2, 3)) }
  func random() -> UInt64 { 0 }
  func begin() async throws -> any DatabaseSession { throw Reached() }
  func header(_ name: String) -> String? { nil }
  func send(_ request: UpstreamRequest) async throws -> UpstreamResponse { throw Reached() }
  func call(_ request: ServiceRequest) async throws -> RawReply { throw Reached() }
  func noteOwnership() {}
  func log(_ level: Log.Level, _ message: String) {}
  func secret(_ name: String) throws -> String { throw Reached() }
  func setting(_ name: String) throws -> String { throw Reached() }
  func seal(_ plain: [UInt8], with secret: String, for place: String) throws -> [UInt8] { throw Reached() }
  func open(_ sealed: [UInt8], with secret: String, for place: String) throws -> [UInt8] { throw Reached() }
  func fingerprint(_ text: [UInt8], with secret: String) throws -> [UInt8] { throw Reached() }
  func sign(_ message: [UInt8], with secret: String, as signing: Signing) throws -> [UInt8] { throw Reached() }
  func baseURL(of upstream: String) throws -> String { throw Reached() }
  func offload(_ work: @escaping @Sendable () -> Void) async throws { throw Reached() }
}

private struct NoDatabase: DatabaseSession {
  let isOpen = false
  func run(_ statement: SQL) async throws -> QueryResult { throw NoHost.Reached() }
  func emit(_ event: EmittedEvent) async throws { throw NoHost.Reached() }
  func commit() async throws {}
  func rollback() async {}
}
