/// What a worker is to run: the first line it reads from its supervisor.
struct WorkerOrder: Codable, Sendable {
  /// A listening socket that it inherits, by the number that the descriptor has in the worker.
  struct Inherited: Codable, Sendable {
    var door: String
    var descriptor: Int32
  }

  var id: Int
  var generation: Int
  /// The folder with the deployment's manifests, libraries and migrations.
  var root: String
  /// What it runs itself; nil for all but the bundles that have workers of their own.
  var bundle: String?
  var listeners: [Inherited]
  /// Where the supervisor reaches it alone.
  var socket: String
  /// Microseconds that development's clock is ahead.
  var clockShift: Int64
  /// Functions that must not run, as `bundle/Function`.
  var quarantined: [String]
}
