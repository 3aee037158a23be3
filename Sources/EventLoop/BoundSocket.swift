private import CLibUV
private import Glibc

/// A listening socket that accepts nothing itself: programs that inherit it do. Who connects meanwhile waits in the
/// kernel's line.
public final class BoundSocket: Sendable {
  private let socket: Descriptor
  /// With the port that the kernel chose for port 0.
  public let address: SocketAddress

  /// Binds and listens.
  /// - Throws: ``LoopError`` with code `EADDRINUSE` when somebody else listens there.
  public init(on address: SocketAddress, backlog: Int32 = 1024) throws(LoopError) {
    let raw = Glibc.socket(
      address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    try check(raw < 0 ? -errno : 0, "open a socket")
    socket = Descriptor(owning: raw)
    var yes: Int32 = 1
    setsockopt(raw, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    let status = try address.withKernelAddress { kernel, length in
      bind(raw, kernel, length) == 0 && listen(raw, backlog) == 0 ? 0 : -errno
    }
    try check(status, "listen on \(address)")
    self.address = address.asBound(raw)
  }

  public convenience init(host: String, port: Int, backlog: Int32 = 1024) throws(LoopError) {
    try self.init(on: .tcp(host: host, port: port), backlog: backlog)
  }

  /// One that listens already.
  public init(adopting descriptor: Int32, on address: SocketAddress) {
    socket = Descriptor(owning: descriptor)
    self.address = address
  }

  /// What a program inherits.
  public var descriptor: Int32 { socket.number }

  /// Another number of it, for somebody who accepts on it in this process and closes that then.
  public func duplicate() -> Int32 { fcntl(socket.number, F_DUPFD_CLOEXEC, 3) }

  public func close() { socket.close() }
}

extension SocketAddress {
  fileprivate var family: Int32 {
    switch self {
    case .tcp(let host, _): host.contains(":") ? AF_INET6 : AF_INET
    case .unix: AF_UNIX
    }
  }

  fileprivate func withKernelAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) throws(LoopError) -> Result {
    switch self {
    case .tcp(let host, let port):
      let length = family == AF_INET6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
      return try SocketAddress.withKernelAddress(host: host, port: port) { body($0, socklen_t(length)) }
    case .unix(let path):
      var address = sockaddr_un()
      try check(uv_shim_unix_address(path, &address) == 0 ? UV_ENAMETOOLONG.rawValue : 0, "listen on \(path)")
      return withUnsafePointer(to: &address) { address in
        body(
          UnsafeRawPointer(address).assumingMemoryBound(to: sockaddr.self),
          socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  fileprivate func asBound(_ socket: Int32) -> SocketAddress {
    guard case .tcp = self else { return self }
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let status = withUnsafeMutablePointer(to: &storage) { storage in
      getsockname(socket, UnsafeMutableRawPointer(storage).assumingMemoryBound(to: sockaddr.self), &length)
    }
    return status < 0 ? self : SocketAddress(kernel: storage)
  }
}
