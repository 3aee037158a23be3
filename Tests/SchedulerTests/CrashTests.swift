import EventLoop
import FunctionKit
import RelayTesting
import Testing

extension `The scheduler` {
  @Suite struct `Crashes` {
    @Test func `a job that traps is put down with that, and the next tick runs`() async throws {
      await #expect(processExitsWith: .success) { await trap("Chime", "auto") }
    }

    @Test func `so is one that opens its own transaction`() async throws {
      await #expect(processExitsWith: .success) { await trap("Errand", "none") }
    }
  }
}

/// A process that this throws in would end without its server.
private func trap(_ function: String, _ mode: String) async {
  do { try await trapAndGoOn(function, mode) } catch { Issue.record(error) }
}

private func trapAndGoOn(_ function: String, _ mode: String) async throws {
  try await withClockwork("\(function): { schedule: '@every 1h', transaction: \(mode) }") { platform, hour in
    platform.containCrashes()
    platform.start()
    try await platform.order("trap", function)
    platform.advance(to: hour + .hours(1) + .seconds(1))
    try await platform.until("it failed") { try await platform.ticks(function).first?.status == "failed" }
    #expect(try await platform.ticks(function).first?.error?.contains("crashed") == true)
    try await platform.liftOrder(function)
    platform.advance(to: hour + .hours(2) + .seconds(1))
    try await platform.until("the next one ran") { try await platform.runs(function) == [hour + .hours(2)] }
  }
}
