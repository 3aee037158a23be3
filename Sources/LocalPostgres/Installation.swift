internal import EventLoop
private import FoundationEssentials

/// The newest PostgreSQL server on this machine.
struct Installation {
  let version: Int
  let binaries: String

  var initdb: String { binaries + "/initdb" }
  var postgres: String { binaries + "/postgres" }

  /// Looks where Debian's packages put every version side by side.
  ///
  /// A cluster that is there already decides on the version: an upgrade of the machine must not lock its data away.
  static func find(for cluster: String, in root: String = "/usr/lib/postgresql") throws(LocalPostgresError)
    -> Installation
  {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let installed = names.compactMap(Int.init).sorted(by: >)
      .map { Installation(version: $0, binaries: "\(root)/\($0)/bin") }
      .filter(\.isComplete)
    guard let newest = installed.first else {
      throw LocalPostgresError(
        .notInstalled,
        "no PostgreSQL server found in \(root); install one (apt-get install postgresql), "
          + "or set DATABASE_URL to a server that runs elsewhere")
    }
    guard FileStatus(cluster) != nil else { return newest }
    let version = text(ofFile: cluster + "/PG_VERSION")?.filter { !$0.isWhitespace } ?? ""
    if let match = installed.first(where: { String($0.version) == version }) { return match }
    throw version.isEmpty ? notACluster(cluster) : missing(version, cluster)
  }

  private static func notACluster(_ cluster: String) -> LocalPostgresError {
    LocalPostgresError(
      .directory,
      "\(cluster) is not a PostgreSQL cluster of this host; remove it, or set LAKOO_STATE to another directory")
  }

  private static func missing(_ version: String, _ cluster: String) -> LocalPostgresError {
    LocalPostgresError(
      .notInstalled,
      "the cluster \(cluster) was made by PostgreSQL \(version), which is not installed; install it "
        + "(apt-get install postgresql-\(version)), or remove the cluster to start with an empty one")
  }

  private var isComplete: Bool {
    [initdb, postgres].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// A program of the installation as the server's user, untouched by the `PG…` variables of the host's environment.
  func options(_ executable: String, _ arguments: [String], as account: Account) -> ChildProcess.Options {
    var options = ChildProcess.Options(executable: executable, arguments: arguments)
    options.environment = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"]
    options.directory = "/"
    if account.isOther { options.user = (id: account.id, group: account.group) }
    return options
  }
}
