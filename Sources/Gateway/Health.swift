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
    table.add(.get, [.literal("health")], .host { [self] _ in await health(of: bundles, named: name) })
    return table
  }

  private struct Health: Encodable {
    var status: String
    var service: String
    var version: String
    /// Seconds.
    var uptime: Double
    /// The databases that can't be reached.
    var failing: [String]?
  }

  private func health(of bundles: [LoadedBundle], named name: String) async -> RawReply {
    var failing: [String] = []
    for bundle in bundles {
      guard let pool = bundle.pool, let database = bundle.manifest.database else { continue }
      do { _ = try await pool.read("select 1", timeout: .seconds(2)) } catch { failing.append(database) }
    }
    let health = Health(
      status: failing.isEmpty ? "ok" : "degraded", service: name, version: version,
      uptime: Double(services.loop.now - startedAt) / 1000, failing: failing.isEmpty ? nil : failing)
    let body = (try? encodeJSON(health)) ?? []
    return RawReply(status: failing.isEmpty ? 200 : 503, body: body)
  }
}
