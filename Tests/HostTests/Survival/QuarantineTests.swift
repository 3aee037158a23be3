import FaultTesting
import FunctionKit
import Testing

/// What becomes of a function that traps again and again.
@Suite(.serialized) struct `A function that traps` {
  private func withHost(workers: Int = 2, _ body: (RunningHost, borrowing ProjectCopy) throws -> Void) throws {
    let project = try ProjectCopy.ofCrashes()
    let workshop = try ProjectCopy.ofCrashes()
    let host = try RunningHost(root: project.root, environment: ["LAKOO_WORKERS": "\(workers)"])
    defer { host.cleanUp() }
    try host.start()
    try body(host, workshop)
  }

  private func take(_ host: RunningHost) throws -> HTTP.Reply {
    try HTTP.send(host.port(.crash), "POST", "/take", body: #"{"from":[1],"place":7}"#)
  }

  /// - Returns: how often it ran until it did not any more.
  @discardableResult
  private func trapUntilQuarantined(_ host: RunningHost) throws -> Int {
    var crashes = 0
    try waitUntil("it is in quarantine", seconds: 30) {
      let code = (try? take(host))?.code
      if code == "function_crashed" { crashes += 1 }
      return code == "function_quarantined"
    }
    return crashes
  }

  @Test func `is in quarantine until an operator lifts that, or another release is live`() throws {
    try withHost { host, workshop in
      #expect(try trapUntilQuarantined(host) >= 3)
      #expect(try take(host).headers["retry-after"] == "60")
      #expect(try HTTP.get(host.port(.crash), "/money").status == 200, "the others go on")
      let list = try workshop.run(host, ["quarantine", "list"]).output
      #expect(list.contains("crash/TakeMoney"), "\(list)")

      let lifted = try workshop.run(host, ["quarantine", "lift", "crash/TakeMoney"])
      #expect(lifted.output == "crash/TakeMoney runs again\n")
      try waitUntil("it runs again") { try take(host).code == "function_crashed" }
      let nothing = try workshop.run(host, ["quarantine", "lift", "crash/AddMoney"])
      #expect(nothing.status == 1 && nothing.output == "crash/AddMoney is not in quarantine.\n", "\(nothing.output)")

      try trapUntilQuarantined(host)
      #expect(try host.upload(workshop.build("crash", summary: "Another release.")).status == 200)
      #expect(try host.deployment().quarantined == [])
      #expect(try take(host).code == "function_crashed")
    }
  }

  @Test func `is in quarantine after a restart, too`() throws {
    try withHost { host, _ in
      try trapUntilQuarantined(host)
      host.stop()
      try host.start()
      #expect(try take(host).code == "function_quarantined")
      #expect(try host.deployment().quarantined == ["TakeMoney"])
    }
  }

  @Test func `takes its release back where the manifest says so`() throws {
    try withHost { host, workshop in
      let before = try host.deployment().live
      try workshop.replace("\nport:", with: "\nrollback: auto\nport:", in: "manifests/crash.yaml")
      #expect(try host.upload(workshop.build("crash")).status == 200)
      #expect(try host.deployment().live["crash"] != before["crash"])
      #expect(try take(host).code == "function_crashed")
      try waitUntil("the release before is live") { try host.deployment().live == before }
      #expect(host.output.contains("crashed soon after it became live and is rolled back"))
    }
  }

  @Test func `ends the trial of its release, which is no reason for a quarantine`() throws {
    try withHost(workers: 1) { host, workshop in
      let trial = try workshop.build("crash", summary: "On trial.")
      #expect(try host.upload(trial, to: "/deploy?percent=99").status == 200)
      // The live release has the first request.
      #expect(try HTTP.get(host.port(.crash), "/money").status == 200)
      #expect(try take(host).code == "function_crashed")
      try waitUntil("the trial is over") { try host.deployment().candidates == [] }
      #expect(host.output.contains("crashed on trial, and the trial is over"))
      #expect(try host.deployment().quarantined == [])
    }
  }
}
