import ArgumentParser
import EventLoop
import FunctionKit
import Glibc
import Synchronization

/// Where a worker finds what it inherits.
enum Descriptors {
  static let control: Int32 = 3
  static let crashReports: Int32 = 4
  /// The ends of the channel by which workers hand connections to each other.
  static let handoverSending: Int32 = 5
  static let handoverReceiving: Int32 = 6
  /// The table of rate limits.
  static let rateLimits: Int32 = 7
  /// The first of the listeners.
  static let listeners: Int32 = 8
}

/// Runs one worker; only a supervisor starts it.
struct RunWorker: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

  func run() throws {
    let order = try refusing { try readOrder() }
    try Orphan.watch(order)
    var settings = try refusing { try Settings.read(root: order.root) }
    settings.libraryDirectory = "\(order.root)/lib"
    let plan: Plan
    do {
      plan = try Plan.read(
        settings, only: order.role.bundle, releases: order.releases, orElse: order.certificate)
    } catch {
      let refusal = error as? Refusal
      return send(.refused(why: "\(error)", exitCode: refusal?.exitCode ?? 1))
    }
    CrashHandlers.install(reportingTo: Descriptors.crashReports, containing: true)
    let loop = try EventLoop()
    let process = try WorkerProcess(order, settings, plan, loop)
    Task(executorPreference: loop) {
      do { try process.start() } catch { Glibc.exit(1) }
    }
    loop.run()
  }

  /// The first line from the supervisor; nothing else has been sent yet.
  private func readOrder() throws -> WorkerOrder {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while unsafe read(Descriptors.control, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
    guard let order = try? decodeJSON(WorkerOrder.self, from: line) else {
      throw Refusal("a worker is started by 'lakoo run', not by hand", exitCode: 2)
    }
    return order
  }

  /// Before there is a loop.
  private func send(_ report: WorkerReport) {
    guard let line = try? encodeJSON(report) + [UInt8(ascii: "\n")] else { return }
    _ = unsafe line.withUnsafeBytes { unsafe write(Descriptors.control, $0.baseAddress, $0.count) }
  }
}
