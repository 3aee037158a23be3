import Gateway
import Runtime

extension MetricsText {
  /// What has been answered at the doors, in all workers together.
  mutating func add(_ requests: [RequestTally], _ doors: [DoorTally]) {
    metric("lakoo_http_requests_total", .counter, "Requests that have been answered, by route and class of status.")
    for tally in requests { addClasses(tally) }
    metric(
      "lakoo_http_refusals_total", .counter, "Requests that the host has answered with a problem itself, by its code.")
    for tally in requests { addRefusals(tally) }
    metric(
      "lakoo_http_request_duration_seconds", .histogram, "Time from a request's head to the beginning of its answer.")
    for door in doors { histogram("lakoo_http_request_duration_seconds", [("door", door.name)], door.durations) }
  }

  private mutating func addClasses(_ tally: RequestTally) {
    for (place, count) in tally.classes.enumerated() where count > 0 {
      sample("lakoo_http_requests_total", tally.labels + [("status", "\(place + 1)xx")], count)
    }
  }

  private mutating func addRefusals(_ tally: RequestTally) {
    for (reason, count) in tally.refusals.sorted(by: { $0.key < $1.key }) {
      sample("lakoo_http_refusals_total", tally.labels + [("reason", reason)], count)
    }
  }
}

extension RequestTally {
  fileprivate var labels: [(String, String)] { [("door", name.door), ("method", name.method), ("route", name.route)] }
}
