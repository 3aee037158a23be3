private import FoundationEssentials
private import Glibc

/// The file that takes the server's output. The host opens it; the server has the descriptor and needs no right to the
/// path.
final class Log: Sendable {
  private static let limit = 16 << 20

  let descriptor: Int32
  private let path: String
  /// Where this run's lines begin.
  private let start: Int

  init(_ path: String) throws(LocalPostgresError) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw LocalPostgresError(
        .directory, "can't open \(path) for the server's log: \(lastFailure()); check who owns it, or remove it")
    }
    if let status = FileStatus(descriptor: descriptor), status.size > Log.limit { ftruncate(descriptor, 0) }
    start = FileStatus(descriptor: descriptor)?.size ?? 0
  }

  deinit { close(descriptor) }

  /// The last lines of this run.
  var tail: String {
    guard let bytes = FileManager.default.contents(atPath: path) else { return "" }
    return lastLines(of: String(decoding: bytes.dropFirst(start), as: UTF8.self))
  }
}
