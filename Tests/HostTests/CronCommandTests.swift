import FaultTesting
import FunctionKit
import Testing

/// What an operator sees and does of the schedules, at the admin port and through `lakoo cron`.
@Suite(.serialized) struct `lakoo cron` {
  @Test func `lists the schedules, runs one at a chosen time, and tells what became of it`() throws {
    let host = try RunningHost()
    defer { host.cleanUp() }
    try host.start()
    let list = try cron(host, ["list"])
    #expect(list.status == 0)
    let names = list.output.split(separator: "\n").map { $0.split(separator: " ")[0] }
    #expect(names.first == "FUNCTION")
    #expect(Set(names).isSuperset(of: ["payment/ExpirePayments", "payment/PollPayouts", "sandbox/ExpireInvoices"]))

    let run = try cron(host, ["run", "payment/ExpirePayments", "--at", "2026-11-01T00:00:00Z"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("payment/ExpirePayments runs for 2026-11-01T00:00:00.000Z\n"), "\(run.output)")
    try waitUntil("it is in the history") {
      let history = try cron(host, ["history", "payment/ExpirePayments", "--limit", "50"]).output
      return history.contains("2026-11-01T00:00:00.000Z  done (manual)")
    }
    let json = try JSON.parse(Array(cron(host, ["history", "payment/ExpirePayments", "-o", "json"]).output.utf8))
    let record = try #require(json.array?.first { $0["manual"] == .bool(true) })
    #expect(record["status"]?.string == "done")
    let runners = host.workers.map { ":\($0)" }
    #expect(runners.contains { record["runner"]?.string?.hasSuffix($0) == true })

    try refuses(host)
  }

  private func refuses(_ host: RunningHost) throws {
    let unknown = try cron(host, ["run", "payment/ExpirePayment"])
    #expect(unknown.status == 1)
    #expect(unknown.output.hasPrefix("There is no cron payment/ExpirePayment; there are "))
    #expect(unknown.output.contains(" payment/ExpirePayments, "), "\(unknown.output)")
    let badTime = try cron(host, ["run", "payment/ExpirePayments", "--at", "tomorrow"])
    #expect(badTime.status == 1)
    #expect(badTime.output.contains("at: must be a time like 2026-01-31T09:30:00Z"), "\(badTime.output)")
    let stranger = try cron(host, ["list"], ["LAKOO_ADMIN_TOKEN": "another-token-of-thirty-two-bytes-or-so"])
    #expect(stranger.status == 1)
    #expect(stranger.output.hasSuffix("set LAKOO_ADMIN_TOKEN to the one that the host has\n"), "\(stranger.output)")
    #expect(try HTTP.get(host.port(.admin), "/crons").status == 401)
    let path = "/crons/payment/ExpirePayments/history?limit=0"
    #expect(try HTTP.get(host.port(.admin), path, headers: HTTP.admin).status == 422)
  }

  @Test func `says how to start a host that does not answer`() throws {
    let host = try RunningHost()
    let outcome = try cron(host, ["list"])
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        no host answers at http://127.0.0.1:\(host.port(.admin)); start it with 'lakoo run', or say where it is with --url

        """)
  }

  private func cron(
    _ host: RunningHost, _ arguments: [String], _ environment: [String: String] = [:]
  ) throws -> CommandOutcome {
    try host.run(["cron"] + arguments, environment)
  }
}
