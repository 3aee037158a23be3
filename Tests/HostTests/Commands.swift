import FaultTesting
import Foundation

/// How a command ended and what it printed.
struct CommandOutcome: Equatable {
  let status: Int32
  let output: String

  init(_ status: Int32, _ output: String) {
    self.status = status
    self.output = output
  }
}

extension RunningHost {
  /// Runs a command of the built program with the settings that find this host, to its end.
  func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> CommandOutcome {
    let output = "/tmp/lakoo-command-\(UUID().uuidString).txt"
    defer { try? FileManager.default.removeItem(atPath: output) }
    let variables = ProcessInfo.processInfo.environment
      .merging(["LAKOO_PORT_BASE": "\(portBase)", "LAKOO_STATE": state]) { $1 }
      .merging(environment) { $1 }
    let program = try Program(
      RunningHost.buildDirectory + "/lakoo", arguments + ["--root", RunningHost.projectRoot()],
      environment: variables, output: output)
    let status = program.wait()
    return CommandOutcome(status, try String(contentsOfFile: output, encoding: .utf8))
  }
}
