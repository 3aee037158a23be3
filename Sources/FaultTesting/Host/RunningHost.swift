private import Foundation

/// The built host, started as a user starts it, on free ports and a state directory of its own.
///
/// Its methods block their thread.
public final class RunningHost: @unchecked Sendable {
  public var portBase: Int { ports.base }
  public let state: String
  let project: Project
  private let ports: ReservedPorts
  private var environment: [String: String]
  private var program: Program?

  /// - Parameters:
  ///   - root: the project's folder; found by the test file's place when not given.
  ///   - environment: settings over those of the test's own process.
  public init(root: String? = nil, environment: [String: String] = [:], file: String = #filePath) throws {
    project = try Project(root: root ?? RunningHost.projectRoot(above: file))
    self.environment = environment
    ports = try ReservedPorts(project.ports.values.map { $0 })
    state = "/tmp/lakoo-host-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
  }

  /// The nearest folder above a file that has a `manifests` folder.
  public static func projectRoot(above file: String = #filePath) -> String {
    var folder = URL(fileURLWithPath: file)
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      if FileManager.default.fileExists(atPath: folder.path + "/manifests") { return folder.path }
    }
    return "."
  }

  /// The folder that test executables, libraries and the host are built into.
  public static var buildDirectory: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
  }

  public func port(_ door: Door) -> Int { (project.ports[door] ?? 0) + portBase }

  /// A folder of its own in the state directory.
  func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: "\(state)/\(name)", withIntermediateDirectories: true)
    return "\(state)/\(name)"
  }

  /// Changes a setting from the next start on; nil takes it away.
  public func set(_ name: String, to value: String?) { environment[name] = value }

  /// Starts it and waits until it answers, or until it ends when that is expected.
  /// - Throws: ``TestFailure`` with the host's output when it ends.
  /// - Parameter door: where it is to answer plainly, which the gateway can't when it speaks TLS.
  public func start(expectingExit: Bool = false, answeringAt door: Door = .gateway) throws {
    let environment = ProcessInfo.processInfo.environment.merging(
      ["LAKOO_PORT_BASE": "\(portBase)", "LAKOO_STATE": state]
    ) { $1 }.merging(environment) { $1 }
    let program = try Program(
      RunningHost.buildDirectory + "/lakoo", ["run", "--root", project.root], environment: environment,
      output: state + "/host.log")
    self.program = program
    try waitUntil("the host answers", seconds: 60) {
      guard program.isRunning else { throw TestFailure("the host ended: \(output)") }
      return !expectingExit && (try? HTTP.get(port(door), "/health"))?.status == 200
    }
  }

  public var output: String { (try? String(contentsOfFile: state + "/host.log", encoding: .utf8)) ?? "" }
  public var processID: Int32 { program?.processID ?? 0 }
  public var isRunning: Bool { program?.isRunning ?? false }

  /// Asks it to stop, and waits.
  @discardableResult
  public func stop() -> Int32 {
    program?.signal(SIGTERM)
    return program?.wait() ?? 0
  }

  public func signal(_ number: Int32) { program?.signal(number) }

  /// Waits for its end, and tells the exit status.
  @discardableResult
  public func wait() -> Int32 { program?.wait() ?? 0 }

  public func cleanUp() {
    stop()
    try? FileManager.default.removeItem(atPath: state)
  }

  /// Moves the host's clock forward.
  public func advanceClock(seconds: Int) throws {
    let reply = try HTTP.send(
      port(.admin), "POST", "/clock/advance", headers: HTTP.admin, body: #"{"seconds":\#(seconds)}"#)
    guard reply.status == 200 else { throw TestFailure("the clock can't be moved: \(reply.text)") }
  }

  /// How a database of the PostgreSQL that the host runs itself is reached.
  public func embeddedDatabase(_ name: String) throws -> String {
    let file = try String(contentsOfFile: state + "/postgres/postmaster.pid", encoding: .utf8)
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 4 else { throw TestFailure("the host's PostgreSQL is not there yet") }
    return "host=\(lines[4]) port=\(lines[3]) dbname=\(name) user=postgres"
  }
}
