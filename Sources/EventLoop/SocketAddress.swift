internal import CLibUV
private import Glibc

/// Where a listener listens or a stream connects to.
public enum SocketAddress: Sendable, Hashable, CustomStringConvertible {
  /// An IPv4 or IPv6 literal and a port; 0 lets the kernel choose.
  case tcp(host: String, port: Int)
  /// A path in the file system, at most 107 bytes.
  case unix(path: String)

  public var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): path
    }
  }

  /// Hands the address in the kernel's form to the body.
  static func withKernelAddress<Result>(
    host: String, port: Int, _ body: (UnsafePointer<sockaddr>) -> Result
  ) throws(LoopError) -> Result {
    var storage = sockaddr_storage()
    let status = withUnsafeMutablePointer(to: &storage) { storage in
      let raw = UnsafeMutableRawPointer(storage)
      return host.contains(":")
        ? uv_ip6_addr(host, Int32(port), raw.assumingMemoryBound(to: sockaddr_in6.self))
        : uv_ip4_addr(host, Int32(port), raw.assumingMemoryBound(to: sockaddr_in.self))
    }
    try check(status, "use \(host) as an IP address")
    return withUnsafePointer(to: &storage) { storage in
      body(UnsafeRawPointer(storage).assumingMemoryBound(to: sockaddr.self))
    }
  }

  init(kernel storage: sockaddr_storage) {
    var storage = storage
    var name = [CChar](repeating: 0, count: 64)
    let port: UInt16 = withUnsafePointer(to: &storage) { storage in
      let raw = UnsafeRawPointer(storage)
      if storage.pointee.ss_family == sa_family_t(AF_INET6) {
        let address = raw.assumingMemoryBound(to: sockaddr_in6.self)
        uv_ip6_name(address, &name, name.count)
        return UInt16(bigEndian: address.pointee.sin6_port)
      }
      let address = raw.assumingMemoryBound(to: sockaddr_in.self)
      uv_ip4_name(address, &name, name.count)
      return UInt16(bigEndian: address.pointee.sin_port)
    }
    let host = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    self = .tcp(host: host, port: Int(port))
  }
}
