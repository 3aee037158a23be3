private import Glibc

/// The user that owns the cluster and runs the server: the host's own, or `postgres` when the host is root, whom
/// PostgreSQL refuses.
struct Account: Equatable {
  let id: UInt32
  let group: UInt32
  /// Whether the server runs as somebody else than the host.
  let isOther: Bool

  static func ofServer() throws(LocalPostgresError) -> Account {
    guard geteuid() == 0 else { return Account(id: geteuid(), group: getegid(), isOther: false) }
    guard let entry = unsafe getpwnam("postgres") else {
      throw LocalPostgresError(
        .noAccount,
        "PostgreSQL does not run as root and this machine has no user 'postgres' to run it as; "
          + "start the host as an ordinary user, or create the user: useradd --system postgres")
    }
    return unsafe Account(id: entry.pointee.pw_uid, group: entry.pointee.pw_gid, isOther: true)
  }

  /// Whether the user may pass through every directory down to this one.
  func canTraverse(to directory: String) -> Bool {
    guard isOther else { return true }
    var path = ""
    for part in directory.split(separator: "/") {
      path += "/" + part
      guard let status = FileStatus(path), mayEnter(status) else { return false }
    }
    return true
  }

  private func mayEnter(_ status: FileStatus) -> Bool {
    if status.owner == id { return status.mode & 0o100 != 0 }
    if status.group == group { return status.mode & 0o010 != 0 }
    return status.mode & 0o001 != 0
  }
}
