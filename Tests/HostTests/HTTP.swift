import Foundation
import FunctionKit

/// A client as plain as can be: a blocking socket, one request, read to the end.
enum HTTP {
  struct Reply {
    var status: Int
    var headers: [String: String]
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSON { (try? JSON.parse(body)) ?? .null }
    var data: JSON { json["data"] ?? .null }
  }

  static let admin = ["authorization": "Bearer lakoo-development-admin-token-0123456789"]
  static let service = ["x-internal-api-key": "lakoo-development-internal-key-0123456789"]
  static func user(_ id: String) -> [String: String] {
    ["x-gateway-key": "lakoo-development-gateway-key-0123456789", "x-user-id": id, "x-user-role": "user"]
  }

  static func get(_ port: Int, _ path: String, headers: [String: String] = [:]) throws -> Reply {
    try send(port, "GET", path, headers: headers)
  }

  static func send(
    _ port: Int, _ method: String, _ path: String, headers: [String: String] = [:], body: String = ""
  ) throws -> Reply {
    var text = "\(method) \(path) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if !body.isEmpty { text += "content-length: \(body.utf8.count)\r\n" }
    if !body.isEmpty, headers["content-type"] == nil { text += "content-type: application/json\r\n" }
    return try parse(raw(port, Array((text + "\r\n" + body).utf8)))
  }

  /// Sends bytes as they are and reads until the server closes.
  static func raw(_ port: Int, _ bytes: [UInt8]) throws -> [UInt8] {
    let socket = try connect(port)
    defer { close(socket) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { break }
      sent += count
    }
    return readAll(socket)
  }

  static func readAll(_ socket: Int32) -> [UInt8] {
    var received: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = recv(socket, &part, part.count, 0), count > 0 { received += part[..<count] }
    return received
  }

  static func connect(_ port: Int) throws -> Int32 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = withAddress(port) { Glibc.connect(socket, $0, $1) }
    guard result == 0 else {
      close(socket)
      throw TestFailure("can't connect to port \(port)")
    }
    return socket
  }

  static func canListen(_ port: Int) -> Bool {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(socket) }
    return withAddress(port) { bind(socket, $0, $1) } == 0
  }

  private static func withAddress<Result>(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result
  {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }

  static func parse(_ bytes: [UInt8]) throws -> Reply {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { throw TestFailure("no answer, only \(text.debugDescription)") }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
    let status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
    return Reply(status: status, headers: headers, body: Array(text[end.upperBound...].utf8))
  }
}
