import FaultTesting
import Foundation

extension ProjectCopy {
  /// The project of functions that trap, hang and hoard, and beside their bundle one without a database.
  /// - Parameter host: lines of `host.yaml`.
  static func ofCrashes(host: String = "") throws -> ProjectCopy {
    let copy = try ProjectCopy(of: RunningHost.projectRoot() + "/Tests/CrashFunctions")
    for (from, to) in [("manifests/hello.yaml", "manifests/hello.yaml"), ("hello", "functions/hello")] {
      try FileManager.default.copyItem(
        atPath: "\(RunningHost.projectRoot())/Benchmarks/\(from)", toPath: "\(copy.root)/\(to)")
    }
    try copy.write("manifests/host.yaml") { _ in "workers: 2\n\(host)\n" }
    return copy
  }

  /// From now on releases answer everybody, or nobody who has no key: so it shows which of them answers.
  func answer(everybody: Bool) throws {
    for (bundle, route) in [("crash", "GET /money,"), ("hello", "GET /hello,")] {
      try write("manifests/\(bundle).yaml") { text in
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
          guard line.contains(route), let end = line.range(of: "access: ") else { return String(line) }
          return line[..<end.upperBound] + (everybody ? "public }" : "user }")
        }.joined(separator: "\n")
      }
    }
  }

  /// Makes another release of what is the same otherwise.
  func build(_ bundle: String, summary: String) throws -> String {
    try write("manifests/\(bundle).yaml") { text in
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.hasPrefix("summary:") ? "summary: \(summary)" : $0 }.joined(separator: "\n")
    }
    return try build(bundle)
  }
}
