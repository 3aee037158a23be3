public import FunctionKit
private import Glibc

/// A client as plain as can be: a blocking socket, one request, read to the end.
public enum HTTP {
  /// What came back.
  public struct Reply: Sendable {
    public var status: Int
    /// Names in lower case.
    public var headers: [String: String]
    public var body: [UInt8]
    public var text: String { String(decoding: body, as: UTF8.self) }
    public var json: JSON { (try? JSON.parse(body)) ?? .null }
    public var data: JSON { json["data"] ?? .null }
    public var code: String? { json["code"]?.string }
  }

  public static func get(_ port: Int, _ path: String, headers: [String: String] = [:]) throws -> Reply {
    try send(port, "GET", path, headers: headers)
  }

  /// Sends a request to a port of this machine. A body is JSON unless a header says otherwise.
  /// - Throws: ``TestFailure`` when nobody listens, or no answer comes.
  public static func send(
    _ port: Int, _ method: String, _ path: String, headers: [String: String] = [:], body: String = ""
  ) throws -> Reply {
    var text = "\(method) \(path) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if !body.isEmpty { text += "content-length: \(body.utf8.count)\r\n" }
    if !body.isEmpty, headers["content-type"] == nil { text += "content-type: application/json\r\n" }
    return try parse(raw(port, Array((text + "\r\n" + body).utf8)))
  }

  /// Sends bytes as they are and reads until the server closes.
  public static func raw(_ port: Int, _ bytes: [UInt8]) throws -> [UInt8] {
    let socket = try connect(port)
    defer { close(socket) }
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.send(socket, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { break }
      sent += count
    }
    return readAll(socket)
  }

  public static func readAll(_ socket: Int32) -> [UInt8] {
    var received: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = unsafe recv(socket, &part, part.count, 0), count > 0 { received += part[..<count] }
    return received
  }

  /// A connected socket, whose reads give up after half a minute.
  public static func connect(_ port: Int) throws -> Int32 {
    let socket = makeSocket()
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = unsafe withAddress(port) { unsafe Glibc.connect(socket, $0, $1) }
    guard result == 0 else {
      close(socket)
      throw TestFailure("can't connect to port \(port)")
    }
    return socket
  }

  static func canListen(_ port: Int) -> Bool {
    let socket = makeSocket()
    defer { close(socket) }
    return unsafe withAddress(port) { unsafe bind(socket, $0, $1) } == 0
  }

  private static func makeSocket() -> Int32 {
    Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  }

  private static func withAddress<Result>(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result
  {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
    return unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// Reads an answer that has come in whole.
  public static func parse(_ bytes: [UInt8]) throws -> Reply {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
      throw TestFailure("no answer, only \(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
    }
    let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Reply(status: status, headers: headers, body: Array(bytes[end.upperBound...]))
  }
}

extension HTTP {
  /// What lets an operator in, in development.
  public static let admin = ["authorization": "Bearer lakoo-development-admin-token-0123456789"]
  /// What lets another service in.
  public static let service = ["x-internal-api-key": "lakoo-development-internal-key-0123456789"]
  /// What the gateway adds for a user who has signed in.
  public static func user(_ id: String) -> [String: String] {
    ["x-gateway-key": "lakoo-development-gateway-key-0123456789", "x-user-id": id, "x-user-role": "user"]
  }
}
