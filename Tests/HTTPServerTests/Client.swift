import Glibc

/// A blocking client that sends exactly the bytes it is told to.
final class Client: @unchecked Sendable {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// How the connection ended: in order, or by a reset or a long silence.
  enum End { case orderly, broken }
  private(set) var end: End?

  convenience init(_ server: TestServer, unix: Bool = false, receiveBuffer: Int32? = nil) {
    self.init(port: server.port, path: unix ? server.path : nil, receiveBuffer: receiveBuffer)
  }

  /// Connects by TCP, or by the Unix socket, where what was sent has arrived when `send` returns.
  init(port: Int, path: String? = nil, receiveBuffer: Int32? = nil) {
    descriptor = socket(path != nil ? AF_UNIX : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    if var size = receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4) }
    let status = path.map(connectUnix) ?? connectTCP(UInt16(port))
    precondition(status == 0, "can't connect: \(errno)")
  }

  deinit { Glibc.close(descriptor) }

  private func connectTCP(_ port: UInt16) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var on: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
    return withUnsafePointer(to: &address) {
      connect(descriptor, UnsafeRawPointer($0).assumingMemoryBound(to: sockaddr.self), 16)
    }
  }

  private func connectUnix(_ path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) {
      connect(
        descriptor, UnsafeRawPointer($0).assumingMemoryBound(to: sockaddr.self),
        socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      sent += count
    }
  }

  func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Reads once more; false at the end.
  private func fill() -> Bool {
    guard end == nil else { return false }
    var status = 0
    buffer += [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
      status = recv(descriptor, buffer.baseAddress!, 65536, 0)
      count = max(0, status)
    }
    if status <= 0 { end = status == 0 ? .orderly : .broken }
    return end == nil
  }

  /// Everything up to the end.
  func readToEnd() -> [UInt8] {
    while fill() {}
    defer { buffer = [] }
    return buffer
  }

  /// Whether the server ends the connection, in order and without another byte.
  var isClosed: Bool { buffer.isEmpty && !fill() && end == .orderly }

  private func take(_ count: Int) -> [UInt8]? {
    while buffer.count < count { guard fill() else { return nil } }
    defer { buffer.removeFirst(count) }
    return Array(buffer[..<count])
  }

  private func line() -> String? {
    while true {
      if let end = buffer.firstIndex(of: 10) {
        return take(end + 1).map { String(decoding: $0.dropLast(2), as: UTF8.self) }
      }
      guard fill() else { return nil }
    }
  }

  /// One response; nil when the connection ends first.
  func reply(toHead: Bool = false) -> Reply? {
    guard let status = line()?.split(separator: " ", maxSplits: 2), status.count > 1 else { return nil }
    var reply = Reply(status: Int(status[1]) ?? 0)
    while let header = line(), !header.isEmpty {
      let parts = header.split(separator: ":", maxSplits: 1).map(String.init)
      let value = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
      reply.headers.append((parts[0].lowercased(), value))
    }
    if toHead || [100, 204, 304].contains(reply.status) { return reply }
    if reply["transfer-encoding"] == "chunked" {
      while let size = line().flatMap({ Int($0, radix: 16) }), let data = take(size), take(2) != nil {
        if size == 0 { return reply }
        reply.body += data
      }
      return nil
    }
    guard let length = reply["content-length"].flatMap({ Int($0) }) else {
      reply.body = readToEnd()
      return reply
    }
    guard let body = take(length) else { return nil }
    reply.body = body
    return reply
  }

  func get(_ path: String) -> Reply? {
    send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
    return reply()
  }
}

struct Reply: Equatable {
  var status: Int
  var headers: [(String, String)] = []
  var body: [UInt8] = []

  init(status: Int) { self.status = status }

  subscript(name: String) -> String? { headers.first { $0.0 == name }?.1 }
  var text: String { String(decoding: body, as: UTF8.self) }

  static func == (a: Reply, b: Reply) -> Bool {
    func comparable(_ reply: Reply) -> [String] { reply.headers.filter { $0.0 != "date" }.map { "\($0.0): \($0.1)" } }
    return a.status == b.status && a.body == b.body && comparable(a) == comparable(b)
  }
}
