import ArgumentParser
import FunctionKit

/// `lakoo cron list`, `history` and `run`.
struct Cron: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the schedules of a host that runs, and runs a cron function now.",
    subcommands: [List.self, History.self, RunNow.self])

  fileprivate static func path(of function: FunctionName) -> String { "/crons/\(function.text)" }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Every cron function with its next tick and its last outcome.")

    @OptionGroup var admin: AdminOptions

    func run() throws {
      try admin.show("GET", "/crons") { data in
        let rows = (data.array ?? []).map { cron in
          let last = cron["last"] ?? .null
          let outcome = "\(last["status"]?.string ?? "never") \(last["scheduledAt"]?.string ?? "")"
          return ["\(cron.text("bundle"))/\(cron.text("function"))", cron.text("schedule"), cron.text("next"), outcome]
        }
        return table(["FUNCTION", "SCHEDULE", "NEXT", "LAST"], rows)
      }
    }
  }

  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What became of the latest ticks of a cron function.")

    @Argument(help: "bundle/Function, such as payment/ExpirePayments.") var function: FunctionName
    @Option(help: "How many, the latest first.") var limit = 20
    @OptionGroup var admin: AdminOptions

    func run() throws {
      try admin.show("GET", "\(Cron.path(of: function))/history?limit=\(limit)") { data in
        let rows = (data.array ?? []).map { tick in
          let manual = tick["manual"] == .bool(true) ? " (manual)" : ""
          let why = tick["skippedReason"]?.string ?? tick["error"]?.string ?? ""
          return [
            tick.text("scheduledAt"), tick.text("status") + manual, tick.text("startedAt"), tick.text("runner"), why,
          ]
        }
        return table(["TICK", "STATUS", "STARTED", "RUNNER", "WHY"], rows)
      }
    }
  }

  struct RunNow: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Runs a cron function now; its schedule goes on as if nothing had happened.")

    @Argument(help: "bundle/Function, such as payment/ExpirePayments.") var function: FunctionName
    @Option(help: "The time that the function is told, such as 2026-11-01T00:00:00Z; default: now.")
    var at: String?
    @OptionGroup var admin: AdminOptions

    func run() throws {
      let body: JSON = at.map { ["at": .string($0)] } ?? [:]
      try admin.show("POST", "\(Cron.path(of: function))/run", body: body) { data in
        [
          "\(function.text) runs for \(data.text("scheduledAt"))",
          "see what became of it with 'lakoo cron history \(function.text)'",
        ]
      }
    }
  }
}

extension JSON {
  /// A text to print, a dash for none.
  func text(_ name: String) -> String { self[name]?.string ?? "-" }
}
