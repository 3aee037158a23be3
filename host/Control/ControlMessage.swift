/// What the supervisor asks of a worker.
enum WorkerCommand: Codable, Sendable {
  /// Open the databases and make everything ready that can be made before the deployment is live.
  /// - Parameter postgres: where the host's own PostgreSQL has its socket; empty when every database has a URL.
  case warm(postgres: String)
  /// Do what else can be done before serving, where the deployment is live already.
  case prepare
  /// Take requests, events and ticks.
  case serve
  /// Take nothing new, finish what runs within so many milliseconds, and end.
  /// - Parameter handsOver: whether others serve, who go on with connections that wait for their next request.
  case drain(milliseconds: UInt64, handsOver: Bool)
  case ping
  /// Tell what has been counted.
  case count
  /// Ask the databases what waits in them.
  case survey
  case quarantine(functions: [String])
  case clock(shift: Int64)
  /// Begin nothing by yourself any more; requests are still to be answered.
  case rest
  /// Look for what others have to tell.
  case news(News)
}

/// What a worker tells its supervisor.
enum WorkerReport: Codable, Sendable {
  /// The manifests, libraries and secrets are in order.
  case loaded
  /// It can't run this, for a person to read.
  case refused(why: String, exitCode: Int32)
  case warm
  case serving
  case drained
  /// What it has counted since it began; also its last word before it is drained.
  case counted(WorkerCounts)
  case surveyed(Survey)
  /// The loop turns; with the bytes that the process has in memory.
  case pong(resident: Int)
  /// A function trapped; the worker answers what is left and wants to be replaced.
  case crashed(CrashedFunction)
  case news(News)
}

/// What one worker has done that is for others to go on with, by bundle. It only makes them look sooner.
struct News: Codable, Sendable, Hashable {
  /// Whose events wait to be carried on.
  var emitted: Set<String> = []
  /// Whose inbox has something to work through.
  var received: Set<String> = []

  var isEmpty: Bool { emitted.isEmpty && received.isEmpty }
}

/// Whose code it was that brought a worker down.
struct CrashedFunction: Codable, Sendable, Hashable {
  var bundle: String
  var function: String
  var release: String
  var requestID: String
}
