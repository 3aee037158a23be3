private import Foundation

/// What a run was like.
public struct FaultReport: Sendable, CustomStringConvertible {
  public let seed: UInt64
  public let log: FaultLog
  public let duration: Duration
  /// How often the scenario ran.
  public let runs: Int

  public var description: String {
    "seed \(seed): \(log.count) faults in \(duration.components.seconds) s and \(runs) runs: \(log.summary)"
  }
}

/// What does not hold after faults, and all that is needed to see it again.
public struct FaultFailure: Error, CustomStringConvertible {
  public let description: String

  init(_ cause: any Error, _ report: FaultReport, _ host: RunningHost) {
    // Runs with the same seed share a machine, hosts with the same ports do not.
    let file = "/tmp/lakoo-faults-\(report.seed)-\(host.portBase)"
    let lines = report.log.lines
    let isKept =
      (try? lines.joined(separator: "\n").write(toFile: file + ".log", atomically: true, encoding: .utf8)) != nil
      && (try? host.output.write(toFile: file + ".host.log", atomically: true, encoding: .utf8)) != nil
    description = """
      \(cause)
      \(report)
      The last of what went wrong\(isKept ? "; all of it is in \(file).log, what the host said in \(file).host.log" : ""):
      \(lines.suffix(30).joined(separator: "\n"))
      """
  }
}
