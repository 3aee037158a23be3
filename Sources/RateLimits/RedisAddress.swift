internal import EventLoop
private import Glibc

/// Where the Redis is that hosts count in together, and who they are to it.
public struct RedisAddress: Sendable, Hashable {
  public let host: String
  public let port: Int
  public let user: String?
  public let password: String?
  public let database: Int

  /// - Parameter url: `redis://[user:password@]host[:port][/database]`; user and password percent-encoded.
  /// - Throws: ``RedisAddressError``, which does not repeat the password.
  public init(_ url: String) throws(RedisAddressError) {
    guard !url.hasPrefix("rediss://") else {
      throw RedisAddressError("is of Redis over TLS, which the host does not speak; put both in one private network")
    }
    let shape =
      /redis:\/\/(?:([^:@\/]*):([^@\/]*)@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._\-]+)(?::([0-9]{1,5}))?(?:\/([0-9]{0,4}))?/
    guard let parts = url.wholeMatch(of: shape)?.output, let port = Int(parts.4 ?? "6379"), 1...65535 ~= port,
      let user = unescaped(parts.1 ?? ""), let password = unescaped(parts.2 ?? "")
    else { throw RedisAddressError("is no URL such as redis://user:password@localhost:6379/0") }
    host = String(parts.3.drop { $0 == "[" }.prefix { $0 != "]" })
    self.port = port
    self.user = user.isEmpty ? nil : user
    self.password = password.isEmpty ? nil : password
    database = Int(parts.5 ?? "") ?? 0
  }

  /// What it is called in the log.
  var name: String { SocketAddress.tcp(host: host, port: port).description }

  /// Looks the name up, off the loop's thread.
  func resolved(on loop: EventLoop) async throws -> SocketAddress {
    let (host, port) = (host, port)
    return try await loop.offload { .tcp(host: try lookUp(host), port: port) }
  }
}

/// Why a setting is no address of a Redis.
public struct RedisAddressError: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

private func unescaped(_ text: Substring) -> String? {
  var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    let digits = String(decoding: rest.prefix(2), as: UTF8.self)
    guard rest.count >= 2, let value = UInt8(digits, radix: 16) else { return nil }
    bytes.append(value)
    rest = rest.dropFirst(2)
  }
  return String(validating: bytes, as: UTF8.self)
}

/// The first address of a host's name, as digits.
private func lookUp(_ host: String) throws -> String {
  var wanted = addrinfo()
  wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
  var found: UnsafeMutablePointer<addrinfo>?
  var status = getaddrinfo(host, nil, &wanted, &found)
  defer { if let found { freeaddrinfo(found) } }
  var digits = [CChar](repeating: 0, count: 64)
  if status == 0, let found {
    status = getnameinfo(
      found.pointee.ai_addr, found.pointee.ai_addrlen, &digits, socklen_t(digits.count), nil, 0, NI_NUMERICHOST)
  }
  guard status == 0 else { throw RedisAddressError("\(host) is not known: \(String(cString: gai_strerror(status)))") }
  return digits.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
}
