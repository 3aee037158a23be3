import EventLoop
import HTTPClient
import LoopTesting

/// A server of the fewest lines: it hands every complete request to the test, which writes what it likes.
final class RawServer: @unchecked Sendable {
  struct Request: Sendable {
    var head: String
    var body: [UInt8]
    var line: String { String(head.prefix { $0 != "\r\n" }) }
  }

  private(set) var accepted = 0
  private(set) var requests: [Request] = []
  private var listener: Listener?
  private var streams: [Stream] = []

  init(_ loop: EventLoop, _ answer: @escaping (Request, Stream) -> Void) throws {
    listener = try Listener(loop, on: .tcp(host: "127.0.0.1", port: 0)) { [self] stream in
      accepted += 1
      streams.append(stream)
      var received: [UInt8] = []
      stream.startReading({ bytes in
        bytes.withUnsafeBytes { received.append(contentsOf: $0) }
        while let request = RawServer.take(&received) {
          self.requests.append(request)
          answer(request, stream)
        }
      }) { _ in stream.close() }
    }
  }

  var port: Int {
    if case .tcp(_, let port) = listener?.address { port } else { 0 }
  }

  var origin: String { "http://127.0.0.1:\(port)" }

  func close() {
    listener?.close()
    listener = nil
    for stream in streams { stream.close() }
  }

  private static func take(_ received: inout [UInt8]) -> Request? {
    let text = String(decoding: received, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let head = String(text[..<end.lowerBound])
    let length =
      head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
      .flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) } ?? 0
    let start = text[..<end.upperBound].utf8.count
    guard received.count >= start + length else { return nil }
    defer { received.removeFirst(start + length) }
    return Request(head: head, body: Array(received[start..<start + length]))
  }
}

extension String {
  fileprivate func range(of part: String) -> Range<String.Index>? { ranges(of: part).first }
}

extension Stream {
  func answer(_ body: String, status: String = "200 OK", headers: String = "") {
    write(Array("HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
  }
}

/// A client and a server on one loop.
func withServer<Value: Sendable>(
  _ answer: @escaping @Sendable (RawServer.Request, Stream) -> Void,
  _ body: @escaping @Sendable (HTTPClient, RawServer, EventLoop) async throws -> Value
) async throws -> Value {
  try await withLoop { loop in
    let server = try RawServer(loop, answer)
    let client = try HTTPClient(loop: loop, allowedOrigins: [server.origin])
    defer {
      client.close()
      server.close()
    }
    return try await body(client, server, loop)
  }
}

/// The error that the request ends with.
func failure(_ client: HTTPClient, _ request: HTTPRequest) async throws -> HTTPClientError? {
  do {
    _ = try await client.send(request)
    return nil
  } catch let error as HTTPClientError {
    return error
  }
}
