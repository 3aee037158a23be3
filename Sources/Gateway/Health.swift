internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Postgres
internal import Runtime

extension Gateway {
  /// Adds `GET /health`, unless the bundle answers it itself.
  func withHealth(_ table: RouteTable, of bundles: [LoadedBundle], named name: String) -> RouteTable {
    var table = table
    table.add(.get, [.literal("health")], .host { [self] _, _ in await health(of: bundles, named: name) })
    return table
  }

  private struct Health: Encodable {
    var service: String
    var version: String
    /// Seconds.
    var uptime: Double
    /// The databases that can't be reached; named only when there are any.
    var failing: [String]
    /// What does not keep the service from answering, but needs looking after.
    var warnings: [String]
    /// What the service says of itself.
    var details: JSON?

    private enum CodingKeys: String, CodingKey { case status, service, version, uptime, failing, warnings, details }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(failing.isEmpty ? "ok" : "degraded", forKey: .status)
      try container.encode(service, forKey: .service)
      try container.encode(version, forKey: .version)
      try container.encode(uptime, forKey: .uptime)
      if !failing.isEmpty { try container.encode(failing, forKey: .failing) }
      if !warnings.isEmpty { try container.encode(warnings, forKey: .warnings) }
      if let details { try container.encode(details, forKey: .details) }
    }
  }

  private func health(of bundles: [LoadedBundle], named name: String) async -> RawReply {
    let failing = await failingDatabases(of: bundles)
    var health = Health(
      service: name, version: version, uptime: Double(services.loop.now - startedAt) / 1000, failing: failing,
      warnings: [admission.tokens?.revocations.warning].compactMap(\.self))
    if failing.isEmpty, bundles.count == 1, let pool = bundles[0].pool {
      do { health.details = try await details(pool) } catch { health.warnings.append("the view health can't be read") }
    }
    let body = (try? encodeJSON(health)) ?? []
    return RawReply(status: failing.isEmpty ? 200 : 503, body: body)
  }

  /// The row of the view `health`, where the service's database has one.
  private func details(_ pool: PostgresPool) async throws -> JSON? {
    let views = try await pool.read(
      "select from pg_class where relname = 'health' and relkind = 'v' and pg_table_is_visible(oid)",
      timeout: .seconds(2))
    guard !views.rows.isEmpty else { return nil }
    return try await pool.read("select to_jsonb(health) from health", timeout: .seconds(2)).rows.first?.decode()
  }

  /// Asks all at once: however many are down, it takes no longer than one.
  private func failingDatabases(of bundles: [LoadedBundle]) async -> [String] {
    await withTaskGroup(of: String?.self) { group in
      for bundle in bundles {
        guard let pool = bundle.pool, let database = bundle.manifest.database else { continue }
        group.addTask {
          do { _ = try await pool.read("select 1", timeout: .seconds(2)) } catch { return database }
          return nil
        }
      }
      return await group.reduce(into: []) { if let failing = $1 { $0.append(failing) } }.sorted()
    }
  }
}
