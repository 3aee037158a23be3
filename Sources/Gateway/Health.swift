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

    private enum CodingKeys: String, CodingKey { case status, service, version, uptime, failing, warnings }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(failing.isEmpty ? "ok" : "degraded", forKey: .status)
      try container.encode(service, forKey: .service)
      try container.encode(version, forKey: .version)
      try container.encode(uptime, forKey: .uptime)
      if !failing.isEmpty { try container.encode(failing, forKey: .failing) }
      if !warnings.isEmpty { try container.encode(warnings, forKey: .warnings) }
    }
  }

  private func health(of bundles: [LoadedBundle], named name: String) async -> RawReply {
    let failing = await failingDatabases(of: bundles)
    let health = Health(
      service: name, version: version, uptime: Double(services.loop.now - startedAt) / 1000, failing: failing,
      warnings: [admission.tokens?.revocations.warning].compactMap(\.self))
    let body = (try? encodeJSON(health)) ?? []
    return RawReply(status: failing.isEmpty ? 200 : 503, body: body)
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
