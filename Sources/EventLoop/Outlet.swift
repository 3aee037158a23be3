private import CLibUV
private import Glibc

/// A descriptor that many share, such as standard output, written to without ever waiting for whoever reads it.
///
/// Other processes write there as well and may count on waiting, so it is not made non-blocking for all of them: a pipe is
/// opened once more, a socket is asked each time, and a file never makes anybody wait.
public final class Outlet: Sendable {
  /// As many bytes as a pipe takes all at once or not at all, so that lines of several writers do not mix.
  public static let atomicBytes = 4096

  private let descriptor: Int32
  private let isOwned: Bool
  private let isSocket: Bool

  public init(_ shared: Int32) {
    var status = stat()
    let isKnown = fstat(shared, &status) == 0
    let kind = isKnown ? status.st_mode & S_IFMT : 0
    isSocket = kind == S_IFSOCK
    let again = kind == S_IFIFO ? open("/proc/self/fd/\(shared)", O_WRONLY | O_NONBLOCK | O_CLOEXEC) : -1
    isOwned = again >= 0
    descriptor = again >= 0 ? again : shared
  }

  deinit { if isOwned { close(descriptor) } }

  /// Whether the bytes, at most ``atomicBytes``, are written now; nil when they never can be, since nobody reads any more.
  public func write(_ bytes: ArraySlice<UInt8>) -> Bool? {
    guard takesMore else { return false }
    let written = bytes.withUnsafeBytes { bytes in
      isSocket
        ? send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
        : Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }
    if written >= 0 { return true }
    return (errno == EAGAIN || errno == EINTR || errno == ENOBUFS) ? false : nil
  }

  /// A terminal that is held, or a pipe that could not be opened again, says by this that it would make us wait.
  private var takesMore: Bool {
    guard !isOwned, !isSocket else { return true }
    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return Glibc.poll(&poll, 1, 0) == 1
  }
}
