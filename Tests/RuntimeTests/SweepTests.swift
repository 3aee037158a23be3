import FunctionKit
import PlatformTesting
import Postgres
import Runtime
import Testing

private struct Nowhere: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing { input }
}

private let till = BundleSource(
  "till", "endpoints:\n  Nowhere: { route: GET /nowhere, access: public }", [.endpoint(Nowhere.self)])

@Suite struct `The sweep of idempotency keys` {
  @Test func `deletes what is older than 24 hours by the host's clock, however much it is, and nothing else`()
    async throws
  {
    try await withPlatform([till]) { platform in
      let sweep = IdempotencySweep(services: platform.services, bundles: platform.bundles)
      platform.clock.advance(by: .days(10))
      let end = platform.clock.now - .hours(24)
      try await platform.write(rows(2500, at: end, "old"))
      try await platform.write(rows(3, at: end + .seconds(60), "young"))
      await sweep.sweep()
      #expect(try await platform.one("select count(*) from lakoo.idempotency") == 3)
      #expect(try await platform.one("select count(*) from lakoo.idempotency where caller = 'young'") == 3)
    }
  }

  @Test func `a database that is away is told in the log and left for the next time`() async throws {
    try await withPlatform([till]) { platform in
      let sweep = IdempotencySweep(services: platform.services, bundles: platform.bundles)
      await platform.bundle.pool?.close()
      await sweep.sweep()
      #expect(platform.logLines().count == 1)
      #expect(platform.logLines().first?.contains("could not be deleted") == true)
    }
  }

  private func rows(_ count: Int, at time: Instant, _ caller: String) -> SQL {
    """
    insert into lakoo.idempotency (function, caller, key, fingerprint, created_at, lease_until)
    select 'F', \(caller), number::text, '', \(time), \(time) from generate_series(1, \(count)::int) number
    """
  }
}
