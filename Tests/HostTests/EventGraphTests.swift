import Foundation
import FaultTesting
import FunctionKit
import Testing

@Suite struct `lakoo events graph` {
  @Test(arguments: [
    ("text", "payment.paid"), ("json", "{"), ("mermaid", "flowchart LR\n"), ("asyncapi", "{"),
  ]) func `prints the project's events in every format`(format: String, part: String) throws {
    let output = try graph(format)
    #expect(output.contains(part))
    if part == "{" { _ = try JSON.parse(Array(output.utf8)) }
  }

  private func graph(_ format: String) throws -> String {
    let file = "/tmp/lakoo-graph-\(UUID().uuidString).txt"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let program = try Program(
      RunningHost.buildDirectory + "/lakoo",
      ["events", "graph", "--format", format, "--root", RunningHost.projectRoot()],
      environment: ProcessInfo.processInfo.environment, output: file)
    #expect(program.wait() == 0)
    return try String(contentsOfFile: file, encoding: .utf8)
  }
}
