import FunctionKit
import Gateway
import HTTPServer
import Scheduler

extension Scheduler {
  /// What operators ask of the schedules: `lakoo cron` talks to these.
  var adminRoutes: [AdminRoute] {
    [
      AdminRoute(.get, "/crons") { (_: Nothing) in try await Reply(self.crons()) },
      AdminRoute(.get, "/crons/:bundle/:function/history") { (input: HistoryInput) in
        let limit = input.limit ?? 20
        guard (1...1000).contains(limit) else { throw Problem.invalid("limit", "must be 1 to 1000") }
        return try await Reply(self.history(of: input.function, in: input.bundle, limit: limit))
      },
      AdminRoute(.post, "/crons/:bundle/:function/run") { (input: RunInput) in
        try await Reply(self.run(input.function, in: input.bundle, at: input.at), status: 202)
      },
    ]
  }

  private struct HistoryInput: Decodable {
    var bundle: String
    var function: String
    var limit: Int?
  }

  private struct RunInput: Decodable {
    var bundle: String
    var function: String
    /// The time that the function is told; the host's now if it is left out.
    var at: Instant?
  }
}
