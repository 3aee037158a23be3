internal import Foundation

/// A copy of a project that can be changed, with the libraries of this build.
public struct ProjectCopy: ~Copyable {
  public let root = "/tmp/lakoo-build-\(UUID().uuidString)"

  public init(of project: String = RunningHost.projectRoot()) throws {
    let files = FileManager.default
    try files.createDirectory(atPath: "\(root)/.build", withIntermediateDirectories: true)
    for folder in ["manifests", "functions"] {
      try files.copyItem(atPath: "\(project)/\(folder)", toPath: "\(root)/\(folder)")
    }
    try files.createSymbolicLink(atPath: "\(root)/.build/debug", withDestinationPath: RunningHost.buildDirectory)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// Writes a file, or changes one.
  public func write(_ path: String, _ change: (String) -> String) throws {
    let text = (try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)) ?? ""
    try change(text).write(toFile: "\(root)/\(path)", atomically: true, encoding: .utf8)
  }

  /// Changes a text in one of the files; it has to be there.
  public func replace(_ text: String, with other: String, in file: String) throws {
    let path = "\(root)/\(file)"
    let before = try String(contentsOfFile: path, encoding: .utf8)
    guard before.contains(text) else { throw TestFailure("\(file) has no '\(text)'") }
    try before.replacingOccurrences(of: text, with: other).write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// Gives a bundle one more migration.
  /// - Returns: its number.
  public func addMigration(to bundle: String, _ name: String, _ statement: String) throws -> Int {
    let folder = "functions/\(bundle)/Migrations"
    let number = try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").count + 1
    try write(String(format: "\(folder)/%04d_\(name).sql", number)) { _ in statement }
    return number
  }

  /// Has a bundle run in processes of its own.
  public func giveOwnWorkers(to bundle: String, _ bounds: String = "{ workers: 2, memory: 512MB, cpus: 1 }") throws {
    try replace("\nport:", with: "\nisolation: { dedicated: \(bounds) }\nport:", in: "manifests/\(bundle).yaml")
  }

  /// Makes the bundle file of a bundle as it is here, with the library of this build.
  public func build(_ bundle: String) throws -> String {
    let (status, output) = try lakoo(["build", bundle, "--skip-build", "-c", "debug", "-o", "\(root)/bundles"])
    guard status == 0 else { throw TestFailure(output) }
    return String(output.prefix { $0 != " " })
  }

  public func lakoo(_ arguments: [String]) throws -> (status: Int32, output: String) {
    try run(RunningHost.buildDirectory + "/lakoo", arguments + ["--root", root], [:])
  }

  public func run(
    _ program: String, _ arguments: [String], _ environment: [String: String]
  ) throws -> (status: Int32, output: String) {
    let output = "\(root)/output-\(UUID().uuidString).txt"
    let environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let status = try Program(program, arguments, environment: environment, output: output).wait()
    return (status, try String(contentsOfFile: output, encoding: .utf8))
  }
}

extension ProjectCopy {
  /// Runs a command that asks a host's admin port.
  public func run(_ host: RunningHost, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let token = String(HTTP.admin["authorization"]?.dropFirst("Bearer ".count) ?? "")
    return try run(
      RunningHost.buildDirectory + "/lakoo", arguments + ["--to", "http://127.0.0.1:\(host.port(.admin))"],
      ["LAKOO_ADMIN_TOKEN": token])
  }
}
