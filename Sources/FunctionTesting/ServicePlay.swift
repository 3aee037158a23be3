internal import EventLoop
public import FunctionKit
internal import HTTPClient
internal import Runtime

/// A call to another service, as a test that plays the service sees it.
public struct ReceivedCall: Sendable {
  public let method: String
  /// With its values escaped, without the query.
  public let path: String
  /// In order, as sent but for the escapes.
  public let query: [(name: String, value: String)]
  /// Null without one.
  public let body: JSON
  /// The `Idempotency-Key`.
  public let key: String?
  /// On whose behalf.
  public let userID: ID?
}

extension BundleUnderTest {
  /// Plays another service: every call to it is answered by what the closure returns, as the usual success. A `Problem`
  /// that it throws is the service's refusal or failure, a `ServiceError` means that no answer came.
  public func on<Answer: Encodable & Sendable>(
    service: String, _ play: @escaping @Sendable (ReceivedCall) async throws -> Answer
  ) {
    services.directory.host(
      [service],
      ServiceTransport { exchange in
        do {
          let answer = try await play(ReceivedCall(exchange))
          return try (answer as? any ReplyConvertible)?.reply() ?? Reply(answer).reply()
        } catch let problem as Problem {
          return RawReply(problem: problem, instance: exchange.target)
        }
      })
  }
}

extension ReceivedCall {
  init(_ exchange: ServiceExchange) {
    func header(_ name: String) -> String? { exchange.headers.first { $0.0 == name }?.1 }
    let parts = exchange.target.split(separator: "?", maxSplits: 1)
    method = exchange.method
    path = String(parts[0])
    query = (parts.dropFirst().first ?? "").split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (unescaped(sides[0]), sides.count > 1 ? unescaped(sides[1]) : "")
    }
    body = (try? JSON.parse(exchange.body)) ?? .null
    key = header("idempotency-key")
    userID = header("x-user-id").flatMap { ID($0) }
  }
}

private func unescaped(_ text: Substring) -> String {
  var bytes: [UInt8] = []
  var rest = Substring(text).utf8
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%"), let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16) else {
      bytes.append(byte)
      continue
    }
    bytes.append(value)
    rest = rest.dropFirst(2)
  }
  return String(decoding: bytes, as: UTF8.self)
}
