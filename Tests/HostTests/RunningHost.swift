import Foundation
import FunctionKit
import Testing

/// The built host, started as a user starts it, on free ports and a state directory of its own.
final class RunningHost: @unchecked Sendable {
  let portBase: Int
  let state: String
  private let root: String
  private let environment: [String: String]
  private var program: Program?

  enum Door: Int {
    case gateway = 8080
    case admin = 9090
    case address = 3010
    case payment = 3007
    case notification = 3008
    case sandbox = 3019
  }

  init(root: String = RunningHost.projectRoot, environment: [String: String] = [:]) throws {
    self.root = root
    self.environment = environment
    portBase = RunningHost.freePortBase()
    state = "/tmp/lakoo-host-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
  }

  static let projectRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The folder that test executables, libraries and the host are built into.
  static var buildDirectory: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
  }

  func port(_ door: Door) -> Int { door.rawValue + portBase }

  /// Starts it and waits until it answers, or until it ends when that is expected.
  func start(expectingExit: Bool = false) throws {
    let environment = ProcessInfo.processInfo.environment.merging(
      ["LAKOO_PORT_BASE": "\(portBase)", "LAKOO_STATE": state]
    ) { $1 }.merging(environment) { $1 }
    let program = try Program(
      RunningHost.buildDirectory + "/lakoo", ["run", "--root", root], environment: environment,
      output: state + "/host.log")
    self.program = program
    try waitUntil("the host answers", seconds: 60) {
      guard program.isRunning else { throw TestFailure("the host ended: \(output)") }
      return !expectingExit && (try? HTTP.get(port(.gateway), "/health"))?.status == 200
    }
  }

  var output: String { (try? String(contentsOfFile: state + "/host.log", encoding: .utf8)) ?? "" }
  var processID: Int32 { program?.processID ?? 0 }

  /// Asks it to stop, and waits.
  @discardableResult
  func stop() -> Int32 {
    program?.signal(SIGTERM)
    return program?.wait() ?? 0
  }

  /// Kills it without a chance to tidy up.
  func kill9() {
    program?.signal(SIGKILL)
    program?.wait()
  }

  func cleanUp() {
    stop()
    try? FileManager.default.removeItem(atPath: state)
  }

  /// Moves the host's clock forward.
  func advanceClock(seconds: Int) throws {
    let reply = try HTTP.send(
      port(.admin), "POST", "/clock/advance", headers: HTTP.admin, body: #"{"seconds":\#(seconds)}"#)
    #expect(reply.status == 200)
  }

  private static func freePortBase() -> Int {
    while true {
      // Below the ports that the kernel hands out to clients.
      let base = Int.random(in: 11_000...22_000)
      let ports = [8080, 9090, 3010, 3007, 3008, 3019, 3100].map { $0 + base }
      if ports.allSatisfy({ HTTP.canListen($0) }) { return base }
    }
  }
}

struct TestFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Looks again and again until the condition holds.
/// - Throws: ``TestFailure`` when it does not in time.
func waitUntil(_ what: String, seconds: Double = 15, _ condition: () throws -> Bool) throws {
  let end = Date().addingTimeInterval(seconds)
  while Date() < end {
    if try condition() { return }
    usleep(20_000)
  }
  throw TestFailure("waited \(seconds) s in vain until \(what)")
}
