import FunctionKit

/// An answer in the provider's form, without the platform's envelope, whether it is what was asked for or an error.
struct Answer: DescribedReply, Sendable {
  private var content: RawReply

  /// Runs the body for a caller with the right key, unless a fault is switched on that has it otherwise.
  init(to context: Context, _ body: () async throws -> JSON) async throws {
    do {
      try context.requireKey()
      let (fault, faults) = try await context.drawFault()
      switch fault {
      case nil: content = RawReply(body: try await body().serialized())
      case .serverError: throw Refusal(500, "SERVER_ERROR", "The sandbox was told to fail.")
      case .rateLimited: throw Refusal.rateLimited
      case .timeoutBefore:
        try await Task.sleep(for: .seconds(faults.stallSeconds))
        throw Refusal.tooLate
      case .timeoutAfter:
        _ = try await body()
        try await Task.sleep(for: .seconds(faults.stallSeconds))
        throw Refusal.tooLate
      }
    } catch let refusal as Refusal {
      content = RawReply(status: refusal.status, body: try encodeJSON(refusal))
      if refusal.status == 429 { content.headers = Refusal.limitHeaders }
    }
  }

  /// Objects have what their callers put in, so only that they are objects, or a list of such, can be said.
  static func answers(_ describer: SchemaDescriber) -> [AnswerShape] {
    [AnswerShape("200", "application/json", ["type": ["object", "array"]])]
      + ["400", "401", "403", "404", "409", "429", "500", "504"].map {
        AnswerShape($0, "application/json", Refusal.jsonSchema)
      }
  }

  func reply() -> RawReply { content }

  func encode(to encoder: any Encoder) throws { try String(decoding: content.body, as: UTF8.self).encode(to: encoder) }
}

extension Context {
  /// Basic authentication with the secret key as the user and no password.
  fileprivate func requireKey() throws {
    let expected = try "Basic " + base64Encode(Array("\(secret("XENDIT_SECRET_KEY")):".utf8))
    guard header("authorization") == expected else { throw Refusal.invalidKey }
  }

  fileprivate func drawFault() async throws -> (Faults.Call?, Faults) {
    let faults = try await db.faults()
    guard faults.callRates.contains(where: { $0.1 > 0 }) else { return (nil, faults) }
    return try await transaction { try await $0.draw(\.callRates) }
  }
}
