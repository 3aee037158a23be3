private import CLibUV
private import Glibc

/// A listening socket that accepts nothing itself: programs that inherit it do. Who connects meanwhile waits in the
/// kernel's line.
public final class BoundSocket: Sendable {
  private let socket: Descriptor

  /// Binds and listens.
  /// - Throws: ``LoopError`` with code `EADDRINUSE` when somebody else listens there.
  public init(host: String, port: Int, backlog: Int32 = 1024) throws(LoopError) {
    let family = host.contains(":") ? AF_INET6 : AF_INET
    let raw = Glibc.socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    try check(raw < 0 ? -errno : 0, "open a socket")
    socket = Descriptor(owning: raw)
    var yes: Int32 = 1
    setsockopt(raw, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    let length = socklen_t(family == AF_INET6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size)
    let status = try SocketAddress.withKernelAddress(host: host, port: port) { address in
      bind(raw, address, length) == 0 && listen(raw, backlog) == 0 ? 0 : -errno
    }
    try check(status, "listen on \(SocketAddress.tcp(host: host, port: port))")
  }

  /// One that listens already.
  public init(adopting descriptor: Int32) { socket = Descriptor(owning: descriptor) }

  /// What a program inherits.
  public var descriptor: Int32 { socket.number }

  /// Another number of it, for somebody who accepts on it in this process and closes that then.
  public func duplicate() -> Int32 { fcntl(socket.number, F_DUPFD_CLOEXEC, 3) }

  public func close() { socket.close() }
}
