import EventRelay
import FunctionKit
import Postgres
import Runtime
import Scheduler

extension Worker {
  /// Asks all databases at once: one that is down, or slow, leaves out no more than what is its own.
  func survey() async -> Survey {
    async let unread = relay.unread()
    let databases = await withTaskGroup(of: Survey.Database.self) { group in
      for bundle in bundles where bundle.pool != nil { group.addTask { await self.survey(bundle) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    return Survey(
      databases: databases.sorted { $0.bundle < $1.bundle },
      unread: await unread.sorted { ($0.source, $0.bundle) < ($1.source, $1.bundle) })
  }

  private func survey(_ bundle: LoadedBundle) async -> Survey.Database {
    do {
      _ = try await bundle.pool?.read("select 1", timeout: .seconds(1))
      return Survey.Database(
        bundle: bundle.name, functions: try await bundle.backlog(at: services.clock.now),
        crons: try await bundle.cronStandings())
    } catch {
      return Survey.Database(bundle: bundle.name)
    }
  }
}
