internal import FunctionKit
internal import Runtime

/// What came of a part.
enum PartOutcome: Sendable {
  case found(PartContent)
  /// There is no such thing.
  case absent
  case failed(RawReply)
}

/// What a part has answered.
struct PartContent: Sendable {
  let data: JSON
  /// Of the part's envelope: where a list goes on.
  let meta: JSON?
  let size: Int
  let headers: [(name: String, value: String)]
}

extension PartOutcome {
  /// - Parameter reply: with its headers' names in lower case.
  init(_ reply: RawReply) {
    guard reply.status < 300 || reply.status >= 400 else {
      self = .failed(RawReply(problem: .unexpected("It leads elsewhere, with status \(reply.status)."), instance: nil))
      return
    }
    guard reply.status < 300 else {
      self = .failed(reply)
      return
    }
    guard let body = reply.body.isEmpty ? .null : try? JSON.parse(reply.body) else {
      self = .failed(RawReply(problem: .unexpected("Its answer is no JSON."), instance: nil))
      return
    }
    let isEnvelope = body["success"] == .bool(true) && body["data"] != nil
    self = .found(
      PartContent(
        data: isEnvelope ? body["data"] ?? .null : body, meta: isEnvelope ? body["meta"] : nil,
        size: reply.body.count, headers: reply.headers))
  }

  static func failed(_ problem: Problem) -> PartOutcome { .failed(RawReply(problem: problem, instance: nil)) }
}

extension Problem {
  /// For a part that has not answered as parts do.
  static func unexpected(_ detail: String) -> Problem { Problem(502, "unexpected_answer", detail) }
}

extension RawReply {
  /// The code of a problem; of any other refusal, that nobody knows it.
  var code: String { (try? JSON.parse(body))?["code"]?.string ?? "unknown" }

  /// The refusal as that of a whole composition, which names the part.
  func refusal(of part: String, at path: String) -> RawReply {
    let own = (try? JSON.parse(body))?.object
    let reply =
      own?["code"] == nil
      ? RawReply(problem: Problem(status, "part_refused", "It is refused without a reason."), instance: path) : self
    guard var problem = (try? JSON.parse(reply.body))?.object else { return reply }
    problem["instance"] = .string(path)
    problem["part"] = .string(part)
    let passed = headers.filter { ["retry-after", "www-authenticate"].contains($0.name) }
    return RawReply(
      status: status, headers: passed, contentType: "application/problem+json", body: JSON.object(problem).serialized())
  }
}
