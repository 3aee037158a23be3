private import FoundationEssentials
private import Glibc

/// Where everything of one cluster lives.
struct Layout {
  /// The port is a part of the socket's name only; nothing listens on the network.
  static let port = 5432
  /// Longest path that fits the kernel's socket address.
  private static let longestSocketPath = 107
  /// For clusters whose state directory the server's user can't reach; made and owned by root.
  private static let sharedParent = "/var/lib/lakoo"

  let account: Account
  let state: String
  let cluster: String
  let socketDirectory: String

  var log: String { state + "/postgres.log" }
  var lock: String { state + "/lock" }
  var socket: String { "\(socketDirectory)/.s.PGSQL.\(Layout.port)" }
  var parent: String { String(cluster.prefix(upTo: cluster.lastIndex(of: "/") ?? cluster.startIndex)) }

  /// Makes the state directory and decides on the rest; the cluster itself is not touched.
  init(stateDirectory: String, account: Account) throws(LocalPostgresError) {
    self.account = account
    state = try Layout.makeState(stateDirectory)
    cluster = try Layout.chooseCluster(state, account)
    socketDirectory = Layout.canHoldSocket(cluster) ? cluster : "/tmp/lakoo-" + nameHash(of: cluster)
  }

  /// The kernel wants a short path, and libpq takes a comma for the end of a host.
  private static func canHoldSocket(_ directory: String) -> Bool {
    "\(directory)/.s.PGSQL.\(port)".utf8.count <= longestSocketPath && !directory.contains(",")
  }

  private static func makeState(_ path: String) throws(LocalPostgresError) -> String {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw LocalPostgresError(
        .directory,
        "can't make the state directory \(path): \(error); set LAKOO_STATE to a directory that can be written")
    }
    guard let canonical = canonicalPath(path) else {
      throw LocalPostgresError(
        .directory, "can't resolve the state directory \(path): \(lastFailure()); set LAKOO_STATE to another directory")
    }
    return canonical
  }

  /// `<state>/postgres`: the cluster itself, or a link to it when the server's user can't reach the state directory.
  private static func chooseCluster(_ state: String, _ account: Account) throws(LocalPostgresError) -> String {
    let near = state + "/postgres"
    let far = sharedParent + "/" + nameHash(of: state)
    if let status = FileStatus(near), status.isLink {
      guard (try? FileManager.default.destinationOfSymbolicLink(atPath: near)) == far else {
        throw LocalPostgresError(
          .directory,
          "\(near) links to the cluster of another state directory; move this directory back, or remove the link "
            + "to start with an empty cluster")
      }
      return far
    }
    if account.canTraverse(to: state) { return near }
    guard FileStatus(near) == nil else {
      throw LocalPostgresError(
        .directory,
        "user \(account.id), who runs PostgreSQL, can't reach \(near); let others pass through its parent directories "
          + "(chmod o+x), or set LAKOO_STATE to a directory they can reach")
    }
    try link(near, to: far)
    return far
  }

  private static func link(_ near: String, to far: String) throws(LocalPostgresError) {
    do {
      try FileManager.default.createDirectory(atPath: sharedParent, withIntermediateDirectories: true)
      guard let status = FileStatus(sharedParent), status.isDirectory, status.owner == 0, status.mode & 0o022 == 0
      else {
        throw LocalPostgresError(
          .directory,
          "\(sharedParent) can be changed by others than root; "
            + "fix it: chown root \(sharedParent) && chmod 755 \(sharedParent)"
        )
      }
      try FileManager.default.createSymbolicLink(atPath: near, withDestinationPath: far)
    } catch let error as LocalPostgresError {
      throw error
    } catch {
      throw LocalPostgresError(
        .directory, "can't prepare \(far), linked from \(near): \(error); check the permissions of both")
    }
  }
}
