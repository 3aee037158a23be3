private import Glibc

/// One host per state directory. The kernel drops the lock when the host ends, however it ends.
public final class StateLock: Sendable {
  private let descriptor: Int32

  /// - Parameters:
  ///   - file: what is locked; it is made when it is missing.
  ///   - state: the directory that it stands for.
  /// - Throws: ``LocalPostgresError`` with code `locked` and the process that holds it.
  public init(_ file: String, of state: String) throws(LocalPostgresError) {
    descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else {
      throw LocalPostgresError(
        .directory, "can't open \(file): \(lastFailure()); set LAKOO_STATE to a directory that can be written")
    }
    guard StateLock.take(descriptor) else {
      let reason = errno
      close(descriptor)
      throw StateLock.refusal(file, state, reason)
    }
    let line = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    _ = unsafe line.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  /// One that a program held whose place this one has taken.
  public init(adopting descriptor: Int32) { self.descriptor = descriptor }

  /// What the program that takes this one's place is to keep.
  public var handedOver: Int32 { descriptor }

  deinit { close(descriptor) }

  /// A child that has been forked and not yet become another program shares its parent's lock for a moment, so a lock
  /// that is held gets a few more tries.
  private static func take(_ descriptor: Int32) -> Bool {
    for attempt in 1...10 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK, attempt < 10 else { return false }
      usleep(20_000)
    }
    return false
  }

  private static func refusal(_ file: String, _ state: String, _ reason: Int32) -> LocalPostgresError {
    guard reason == EWOULDBLOCK else {
      errno = reason
      return LocalPostgresError(
        .directory, "can't lock \(file): \(lastFailure()); set LAKOO_STATE to a directory on a local disk")
    }
    let holder = text(ofFile: file).flatMap { Int32($0.prefix { $0.isNumber }) }
    return LocalPostgresError(
      .locked,
      "another host (\(holder.map { "process \($0)" } ?? "of unknown process")) uses the state directory "
        + "\(state); stop it, or set LAKOO_STATE to another directory")
  }
}
