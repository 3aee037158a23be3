import EventLoop
import FunctionKit
import Gateway
import HTTPServer
import Runtime

/// `GET /metrics` of the admin port.
struct MetricsRoute: Sendable {
  let fleet: Fleet
  /// Milliseconds of the loop's clock.
  let startedAt: UInt64

  var adminRoute: AdminRoute {
    AdminRoute(.get, "/metrics") { (_: DeployRoutes.Nothing) in await self.text() }
  }

  private func text() async -> MetricsText {
    async let survey = fleet.surveys.latest(asking: fleet.serving(.front))
    let counts = await fleet.tallies.sums(of: fleet.workers)
    var text = MetricsText()
    text.add(counts.functions)
    text.add(counts.requests, counts.doors)
    if let count = counts.unsharedLimits {
      text.metric(
        "lakoo_rate_limit_fallbacks_total", .counter, "Requests limited by this host alone, for want of Redis' verdict."
      )
      text.sample("lakoo_rate_limit_fallbacks_total", [], count)
    }
    text.add(counts.gauges)
    if let survey = await survey { text.add(survey) }
    addHost(&text)
    addTrouble(&text)
    addWorkers(&text)
    return text
  }

  private func addHost(_ text: inout MetricsText) {
    text.metric("lakoo_build_info", .gauge, "The host's version; always 1.")
    text.sample("lakoo_build_info", [("version", Version.current)], 1)
    text.metric("lakoo_uptime_seconds", .gauge, "How long the host's program has run.")
    text.sample("lakoo_uptime_seconds", [], "\(Double(fleet.loop.now - startedAt) / 1000)")
    text.metric(
      "lakoo_function_quarantined", .gauge, "1 for each function that does not run because it crashed again and again.")
    for entry in fleet.crashes.quarantines {
      text.sample(
        "lakoo_function_quarantined", [("bundle", entry.function.bundle), ("function", entry.function.function)], 1)
    }
  }

  private func addTrouble(_ text: inout MetricsText) {
    text.metric("lakoo_function_crashes_total", .counter, "Traps of the function, and ends of its worker while it ran.")
    for (function, count) in fleet.crashes.counts.sorted(by: { $0.key < $1.key }) {
      text.sample(
        "lakoo_function_crashes_total", [("bundle", function.bundle), ("function", function.function)], count)
    }
    text.metric("lakoo_worker_replacements_total", .counter, "Workers whose place had to be taken by another.")
    let replacements = fleet.replacements.counts.map { kind, count in
      ([("role", kind.role.word), ("bundle", kind.role.bundle ?? ""), ("reason", kind.reason.rawValue)], count)
    }
    for (labels, count) in replacements.sorted(by: { "\($0.0)" < "\($1.0)" }) {
      text.sample("lakoo_worker_replacements_total", labels, count)
    }
  }

  private func addWorkers(_ text: inout MetricsText) {
    let workers = fleet.workers.map { worker in
      (worker, [("worker", "\(worker.id)"), ("role", worker.role.word), ("state", "\(worker.phase)")])
    }
    text.metric("lakoo_worker_up", .gauge, "1 for each worker process there is, with its state.")
    for (_, labels) in workers { text.sample("lakoo_worker_up", labels, 1) }
    text.metric("lakoo_worker_resident_bytes", .gauge, "Memory of each worker when it was last asked.")
    for (worker, labels) in workers {
      text.sample("lakoo_worker_resident_bytes", Array(labels.prefix(2)), worker.resident)
    }
  }
}
