private import Glibc

/// A directory that only the server's user may use.
enum PrivateDirectory {
  /// Makes the directory, or takes the one that is there.
  ///
  /// It is opened without following a link and judged by its descriptor: under /tmp somebody else may have been first.
  static func make(_ path: String, for account: Account) throws(LocalPostgresError) {
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw failure("make", path) }
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0, let status = FileStatus(descriptor: descriptor) else { throw failure("open", path) }
    defer { close(descriptor) }
    guard status.owner == account.id || status.owner == geteuid() else {
      throw LocalPostgresError(
        .directory,
        "the directory \(path) belongs to user \(status.owner), so PostgreSQL's socket would not be safe there; "
          + "remove it, or set LAKOO_STATE to a directory with a shorter path")
    }
    if account.isOther, fchown(descriptor, account.id, account.group) != 0 { throw failure("hand over", path) }
    if fchmod(descriptor, 0o700) != 0 { throw failure("protect", path) }
  }

  private static func failure(_ attempt: String, _ path: String) -> LocalPostgresError {
    LocalPostgresError(
      .directory,
      "can't \(attempt) the directory \(path) for PostgreSQL: \(lastFailure()); check its parent's permissions")
  }
}
