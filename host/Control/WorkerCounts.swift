import Gateway
import Runtime

/// What one worker has counted since it began, and how things stand in it now.
struct WorkerCounts: Codable, Sendable, Hashable {
  var functions: [FunctionTally] = []
  var requests: [RequestTally] = []
  var doors: [DoorTally] = []
  /// Requests that the host has limited by itself because Redis gave no verdict; nil where none is asked.
  var unsharedLimits: Int?
  var gauges = WorkerGauges()
}

/// What rises and falls in a worker.
struct WorkerGauges: Codable, Sendable, Hashable {
  struct Pool: Codable, Sendable, Hashable {
    var idle = 0
    var busy = 0
    var waiting = 0
  }

  struct Line: Codable, Sendable, Hashable {
    var bundle: String
    var function: String
    var waiting: Int
  }

  var connections = 0
  var requests = 0
  var invocations = 0
  /// By bundle.
  var pools: [String: Pool] = [:]
  var lines: [Line] = []
  /// Of each service that is called over HTTP, in how many workers its calls are refused for now.
  var pauses: [String: Int] = [:]
}
