import Runtime

extension MetricsText {
  /// What functions have done, in all workers together.
  mutating func add(_ tallies: [FunctionTally]) {
    metric("lakoo_function_runs_total", .counter, "Invocations that have ended, by what came of them.")
    for tally in tallies { addRuns(tally) }
    metric("lakoo_function_duration_seconds", .histogram, "Time from an invocation's arrival to its end.")
    for tally in tallies { addDurations(tally) }
  }

  private mutating func addRuns(_ tally: FunctionTally) {
    for (outcome, count) in zip(FunctionTally.outcomes, tally.counts) where count > 0 {
      sample(
        "lakoo_function_runs_total",
        [
          ("bundle", tally.bundle), ("function", tally.function), ("trigger", tally.trigger), ("outcome", outcome),
        ], count)
    }
  }

  private mutating func addDurations(_ tally: FunctionTally) {
    histogram(
      "lakoo_function_duration_seconds", [("bundle", tally.bundle), ("function", tally.function)], tally.durations)
  }

  mutating func histogram(_ name: String, _ labels: [(String, String)], _ tally: DurationTally) {
    var below = 0
    for (bound, count) in zip(DurationTally.bounds, tally.counts) {
      below += count
      sample("\(name)_bucket", labels + [("le", "\(Double(bound) / 1000)")], below)
    }
    sample("\(name)_bucket", labels + [("le", "+Inf")], tally.count)
    sample("\(name)_sum", labels, "\(Double(tally.milliseconds) / 1000)")
    sample("\(name)_count", labels, tally.count)
  }
}
