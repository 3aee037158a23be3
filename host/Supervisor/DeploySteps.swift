import FunctionKit
import Glibc

/// A step of a deploy that is done.
struct DeployStep: Codable, Sendable {
  var name: String
  var milliseconds: Int
}

/// Takes the steps of a deploy and notes how long each took.
struct DeploySteps: Sendable {
  private(set) var done: [DeployStep] = []
  private let fault: String?

  /// For a host's start, which has to succeed before a deploy can be cut off.
  init() { fault = nil }

  init(_ settings: Settings) {
    fault = settings.isProduction ? nil : settings.variables["LAKOO_FAULT_STEP"]
  }

  mutating func take<Result>(_ name: String, _ work: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    let result = try work()
    finished(name, start)
    return result
  }

  mutating func take<Result>(_ name: String, _ work: () async throws -> Result) async rethrows -> Result {
    let start = ContinuousClock.now
    let result = try await work()
    finished(name, start)
    return result
  }

  private mutating func finished(_ name: String, _ start: ContinuousClock.Instant) {
    done.append(DeployStep(name: name, milliseconds: Int(start.duration(to: .now) / .milliseconds(1))))
    // For tests of what a host finds that was killed here.
    if fault == name { kill(getpid(), SIGKILL) }
  }
}
