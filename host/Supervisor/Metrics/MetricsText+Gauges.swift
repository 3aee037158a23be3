import Runtime

extension MetricsText {
  /// How things stand in all workers together.
  mutating func add(_ gauges: WorkerGauges) {
    gauge("lakoo_http_connections", "Connections that are open.", gauges.connections)
    gauge("lakoo_http_requests_in_progress", "Requests whose answer has not gone out.", gauges.requests)
    gauge("lakoo_function_invocations_in_progress", "Invocations that run or wait for their turn.", gauges.invocations)
    metric("lakoo_function_line_length", .gauge, "Invocations that wait for their turn, of functions with a limit.")
    for line in gauges.lines {
      sample("lakoo_function_line_length", [("bundle", line.bundle), ("function", line.function)], line.waiting)
    }
    add(gauges.pools.sorted { $0.key < $1.key })
    metric("lakoo_service_paused", .gauge, "Workers in which calls of the service are refused, because it has failed.")
    for (service, workers) in gauges.pauses.sorted(by: { $0.key < $1.key }) {
      sample("lakoo_service_paused", [("service", service)], workers)
    }
  }

  private mutating func add(_ pools: [(String, WorkerGauges.Pool)]) {
    metric("lakoo_database_connections", .gauge, "Connections to the bundle's database.")
    for (bundle, pool) in pools {
      sample("lakoo_database_connections", [("bundle", bundle), ("state", "idle")], pool.idle)
      sample("lakoo_database_connections", [("bundle", bundle), ("state", "busy")], pool.busy)
    }
    metric("lakoo_database_waiting", .gauge, "Callers that wait for a connection to the bundle's database.")
    for (bundle, pool) in pools { sample("lakoo_database_waiting", [("bundle", bundle)], pool.waiting) }
  }

  private mutating func gauge(_ name: String, _ help: String, _ value: Int) {
    metric(name, .gauge, help)
    sample(name, [], value)
  }
}
