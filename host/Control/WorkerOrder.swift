import TLS

/// What a worker is to run: the first line it reads from its supervisor.
struct WorkerOrder: Codable, Sendable {
  /// A listening socket that it inherits, by the number that the descriptor has in the worker.
  struct Inherited: Codable, Sendable {
    var door: String
    var descriptor: Int32
  }

  /// A bundle that other workers run, or a release of one that they try out.
  struct Remote: Codable, Sendable {
    var bundle: String
    /// The folder that they run from.
    var root: String
    var socket: String
    /// Of a hundred requests so many; nil for all.
    var percent: Int?
  }

  var id: Int
  var generation: Int
  /// The folder with the deployment's manifests, libraries and migrations.
  var root: String
  /// Which release of each bundle is in it.
  var releases: [String: String]
  var role: WorkerRole
  var remotes: [Remote]
  var listeners: [Inherited]
  /// Where the supervisor reaches it alone.
  var socket: String
  /// Microseconds that development's clock is ahead.
  var clockShift: Int64
  /// Functions that must not run, as `bundle/Function`.
  var quarantined: [String]
  /// What the gateway speaks TLS by while the files of its certificate can't be used.
  var certificate: PEMPair?
}
