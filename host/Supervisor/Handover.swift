import EventLoop
import FunctionKit
import Glibc

/// What a supervisor leaves to the program that takes its place: its process, its children and its sockets stay.
struct SupervisorHandover: Codable, Sendable {
  struct Socket: Codable, Sendable {
    var door: String
    var port: Int
    /// Of a socket between workers.
    var path: String?
    var descriptor: Int32
  }

  struct Worker: Codable, Sendable {
    var id: Int
    var generation: Int
    var role: WorkerRole
    var processID: Int32
    var socket: String
    var control: Int32
    var reports: Int32
    var isServing: Bool
  }

  struct Postgres: Codable, Sendable {
    var processID: Int32
    var lock: Int32
  }

  /// The descriptor of the lock on the state directory.
  var lock: Int32
  var sockets: [Socket]
  var admin: Int32
  var workers: [Worker]
  /// The ends of the channel by which workers hand connections to each other.
  var handover: [Int32]
  /// The table of rate limits.
  var rateLimits: Int32?
  var socketFolder: String
  var lastID: Int
  var generation: Int
  var root: String
  var postgres: Postgres?

  private static let variable = "LAKOO_HANDOVER"

  /// What the program before has left; nil for a host that begins.
  static func left() -> SupervisorHandover? {
    guard let text = unsafe getenv(variable) else { return nil }
    let json = unsafe String(cString: text)
    _ = unsafe unsetenv(variable)
    guard let left = try? decodeJSON(SupervisorHandover.self, from: Array(json.utf8)) else { return nil }
    keepFromOthers(left.descriptors)
    return left
  }

  /// Every descriptor that has to outlive the change of programs.
  private var descriptors: [Int32] {
    [lock] + sockets.map(\.descriptor) + [admin] + handover + (rateLimits.map { [$0] } ?? [])
      + workers.flatMap { [$0.control, $0.reports] }
      + (postgres.map { [$0.lock] } ?? [])
  }

  /// Becomes the other program. Returns only when that could not be started: everything is as it was then.
  /// - Throws: ``LoopError``.
  func exec(_ program: String, arguments: [String], environment: [String: String]) throws {
    var environment = environment
    environment[SupervisorHandover.variable] = String(decoding: try encodeJSON(self), as: UTF8.self)
    try replaceProgram(program, arguments: arguments, environment: environment, keeping: descriptors)
  }
}
