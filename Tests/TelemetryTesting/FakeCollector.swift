public import EventLoop
public import FunctionKit
internal import HTTPServer
private import Synchronization

/// A collector of traces as a test needs one: it keeps what comes to `/v1/traces`, and answers as it is told.
///
/// Made on a loop's thread; what it has is read from any.
public final class FakeCollector: Sendable {
  /// What it does with a batch.
  public enum Mood: Sendable, Equatable {
    case takes
    case answers(Int)
    /// Never answers.
    case sleeps
  }

  private let server: LoopLocal<HTTPServer>
  private let shared: Shared
  public let port: Int

  fileprivate final class Shared: Sendable {
    let mood = Mutex(Mood.takes)
    let batches = Mutex<[JSON]>([])
    let headers = Mutex<[[String: String]]>([])
    let asleep = Mutex<[Responder]>([])
  }

  /// - Parameter port: 0 for any that is free.
  public init(_ loop: EventLoop, port: Int = 0) throws {
    let shared = Shared()
    self.shared = shared
    let server = HTTPServer(loop) { request, responder in shared.take(request, responder) }
    guard case .tcp(_, let port) = try server.listen(on: .tcp(host: "127.0.0.1", port: port)) else {
      throw LoopError(code: "EADDRNOTAVAIL", message: "the collector has no port")
    }
    self.server = LoopLocal(loop, server)
    self.port = port
  }

  public var url: String { "http://127.0.0.1:\(port)" }

  public func become(_ mood: Mood) { shared.mood.withLock { $0 = mood } }

  /// How many batches have come, taken or not.
  public var batchCount: Int { shared.headers.withLock { $0.count } }
  public var headers: [[String: String]] { shared.headers.withLock { $0 } }

  /// What the spans' senders say of themselves.
  public var resources: [JSON] {
    shared.batches.withLock { $0 }.compactMap { $0["resourceSpans"]?[0]?["resource"] }
  }

  public var spans: [CollectedSpan] {
    shared.batches.withLock { $0 }.flatMap { batch in
      (batch["resourceSpans"]?[0]?["scopeSpans"]?[0]?["spans"]?.array ?? []).map(CollectedSpan.init)
    }
  }

  public func close() async { await server.value.drain(within: .zero) }
}

extension FakeCollector.Shared {
  func take(_ request: Request, _ responder: Responder) {
    headers.withLock { all in
      all.append(Dictionary(request.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first })
    }
    switch mood.withLock({ $0 }) {
    case .sleeps: asleep.withLock { $0.append(responder) }
    case .answers(let status): responder.respond(Response(status: status))
    case .takes:
      guard request.path == "/v1/traces", let batch = try? JSON.parse(request.body) else {
        return responder.respond(Response(status: 400))
      }
      batches.withLock { $0.append(batch) }
      responder.respond(.json(Array("{}".utf8)))
    }
  }
}

/// One span as a collector has it.
public struct CollectedSpan: Sendable {
  public let json: JSON

  public var name: String { json["name"]?.string ?? "" }
  public var trace: String { json["traceId"]?.string ?? "" }
  public var id: String { json["spanId"]?.string ?? "" }
  public var parent: String? { json["parentSpanId"]?.string }
  public var kind: Int { json["kind"]?.int ?? 0 }
  public var hasFailed: Bool { json["status"]?["code"]?.int == 2 }
  public var links: [String] { (json["links"]?.array ?? []).compactMap { $0["spanId"]?.string } }

  /// An attribute's text, or its number as text.
  public subscript(name: String) -> String? {
    let value = json["attributes"]?.array?.first { $0["key"]?.string == name }?["value"]
    return value?["stringValue"]?.string ?? value?["intValue"]?.string
  }
}
