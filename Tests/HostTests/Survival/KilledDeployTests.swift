import FaultTesting
import Foundation
import Testing

/// Deploys of two bundles at once, by a host that is killed in their middle. Each gets a step further than the one before.
@Suite(.serialized) struct `A host that is killed after a step of a deploy` {
  /// Those after which the next start finds the new deployment.
  private static let decided = ["record", "serve", "drain"]
  private static let steps = ["assemble", "bind", "load", "compatibility", "migrate", "warm"] + decided

  @Test func `starts again with all of the old deployment or all of the new one, and deploys`() throws {
    // What a host runs nobody changes: a start takes in what has changed.
    let project = try ProjectCopy.ofCrashes()
    let workshop = try ProjectCopy.ofCrashes()
    let host = try RunningHost(root: project.root, environment: ["LAKOO_FAULT_STEP": Self.steps[0]])
    defer { host.cleanUp() }
    try host.start()
    var isOpen = true
    for (number, step) in Self.steps.enumerated() {
      let files = try release(number, of: workshop, isOpen: !isOpen)
      try #require(throws: TestFailure.self, "\(step) is no step of a deploy") { try send(files, to: host) }
      #expect(host.wait() == 128 + SIGKILL)
      host.set("LAKOO_FAULT_STEP", to: number + 1 < Self.steps.count ? Self.steps[number + 1] : nil)
      try host.start()
      if Self.decided.contains(step) { isOpen.toggle() }
      try check(host, isOpen: isOpen, step)
    }
    let last = try send(release(Self.steps.count, of: workshop, isOpen: !isOpen), to: host)
    #expect(last.status == 200, "\(last.text)")
    try check(host, isOpen: !isOpen, "a deploy that nothing happened to")
  }

  /// Two bundle files, of which one adds to the schema.
  private func release(_ number: Int, of workshop: borrowing ProjectCopy, isOpen: Bool) throws -> [String] {
    try workshop.answer(everybody: isOpen)
    let migration = String(format: "functions/crash/Migrations/%04d_more.sql", number + 2)
    try workshop.write(migration) { _ in "create table more\(number) (id int);" }
    return [try workshop.build("crash"), try workshop.build("hello")]
  }

  private func send(_ files: [String], to host: RunningHost) throws -> HTTP.Reply {
    for file in files { #expect(try host.upload(file, to: "/releases").status == 200) }
    return try host.apply(files)
  }

  private func check(_ host: RunningHost, isOpen: Bool, _ step: String) throws {
    try waitUntil("no worker of the killed process goes on", seconds: 30) { host.orphans.isEmpty }
    try host.waitForWorkers()
    #expect(Set(try host.deployment().serving.map(\.generation)).count == 1, "after \(step)")
    for _ in 0..<5 {
      let answers = try [HTTP.get(host.port(.crash), "/money"), HTTP.get(host.port(.hello), "/hello")].map(\.status)
      #expect(answers == (isOpen ? [200, 200] : [401, 401]), "after \(step)")
    }
  }
}
