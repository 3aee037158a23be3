internal import EventLoop
public import FunctionKit
public import Gateway
internal import Runtime

/// What came back for one request.
public struct Answer: Sendable {
  public var status = 0
  public var headers: [(name: String, value: String)] = []
  public var body: [UInt8] = []

  public var text: String { String(decoding: body, as: UTF8.self) }
  /// The body as JSON; null when it is none.
  public var json: JSON { (try? JSON.parse(body)) ?? .null }
  public var data: JSON? { json["data"] }
  public var code: String? { json["code"]?.string }
  public subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

  /// - Parameter bytes: all that the server sent before it closed.
  init(_ bytes: [UInt8]) throws {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
      throw SetupError("no answer, only \(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    status = Int(lines[0].split(separator: " ")[1]) ?? 0
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers.append((parts[0].lowercased(), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""))
    }
    body = Array(bytes[end.upperBound...])
  }
}

extension Platform {
  /// Sends one request on a connection of its own.
  public func send(
    _ method: String, _ path: String, to door: Door? = nil, _ headers: [(String, String)] = [], body: String? = nil,
    type: String? = "application/json"
  ) async throws -> Answer {
    var text = "\(method) \(path) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if let body {
      text += "content-length: \(body.utf8.count)\r\n"
      if let type { text += "content-type: \(type)\r\n" }
    }
    return try await send(bytes: Array((text + "\r\n" + (body ?? "")).utf8), to: door ?? .service(bundle.name))
  }

  public func get(_ path: String, to door: Door? = nil, _ headers: [(String, String)] = []) async throws -> Answer {
    try await send("GET", path, to: door, headers)
  }

  public func post(
    _ path: String, to door: Door? = nil, _ headers: [(String, String)] = [], _ body: String = "{}"
  ) async throws -> Answer {
    try await send("POST", path, to: door, headers, body: body)
  }

  /// Sends bytes as they are and reads until the server closes.
  public func send(bytes: [UInt8], to door: Door) async throws -> Answer {
    let stream = try await Stream.connect(loop, to: .tcp(host: "127.0.0.1", port: port(door)))
    let received = LoopLocal<[UInt8]>(loop, [])
    await withCheckedContinuation { continuation in
      stream.startReading { bytes in
        bytes.withUnsafeBytes { received.value.append(contentsOf: $0) }
      } onEnd: { _ in
        stream.close()
        continuation.resume()
      }
      stream.write(bytes)
    }
    return try Answer(received.value)
  }
}
