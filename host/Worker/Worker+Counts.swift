import EventLoop
import Gateway
import HTTPServer
import Manifest
import Postgres
import Runtime

extension Worker {
  /// What it has done so far, and how things stand.
  var counts: WorkerCounts {
    WorkerCounts(
      functions: services.tallies.all, requests: gateway.requests.routes, doors: gateway.requests.doors,
      unsharedLimits: gateway.limitsUnshared, gauges: gauges)
  }

  private var gauges: WorkerGauges {
    WorkerGauges(
      connections: server.value?.openConnections ?? 0, requests: server.value?.requestsInProgress ?? 0,
      invocations: services.inFlight.count,
      pools: Dictionary(bundles.compactMap { bundle in bundle.pool.map { (bundle.name, $0.gauge) } }) { one, _ in one },
      lines: bundles.flatMap(\.functions).compactMap(line),
      pauses: services.directory.pauses.mapValues { $0 ? 1 : 0 })
  }

  private func line(before function: LoadedFunction) -> WorkerGauges.Line? {
    guard case .endpoint(let endpoint) = function.manifest.trigger, endpoint.concurrency != nil else { return nil }
    return WorkerGauges.Line(
      bundle: function.bundle.name, function: function.name, waiting: services.lines.length(before: function))
  }
}

extension PostgresPool {
  fileprivate var gauge: WorkerGauges.Pool {
    WorkerGauges.Pool(idle: max(0, counters.open - counters.busy), busy: counters.busy, waiting: counters.waiting)
  }
}
