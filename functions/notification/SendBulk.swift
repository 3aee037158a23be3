import FunctionKit

/// The same for up to 500 messages; one that can't be sent stops none of the others.
struct SendBulk: Endpoint {
  struct Input: Decodable, Limited {
    var items: [SendNotification.Input]

    static let limits: [String: FieldLimit] = ["items": .count(1...500)]
  }

  struct Taken: Codable, Sendable {
    var accepted = 0
    var rejected: [Rejected] = []
  }

  struct Rejected: Codable, Sendable {
    /// Its place in the list, from 0.
    var index: Int
    var code: String
    var detail: String
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<Taken> {
    var validation = Validation()
    validation.range(input.items.count, "items", 1...500, code: "length")
    try validation.finish()
    let key = context.idempotencyKey ?? context.requestID
    var taken = Taken()
    for (index, item) in input.items.enumerated() {
      do {
        try await send(item, key: "\(key):\(index)", context)
        taken.accepted += 1
      } catch let problem as Problem {
        taken.rejected.append(Rejected(index: index, code: problem.code, detail: problem.detail))
      }
    }
    return Reply(taken, status: 202)
  }

  private func send(_ item: SendNotification.Input, key: String, _ context: Context) async throws {
    try item.validate(at: context.now)
    let users = try await item.recipients(context)
    for user in users { try await context.introduce(user) }
    try await context.work { work in
      var sent = SendNotification.Sent()
      for user in users { try await work.send(item, to: user, key: key, &sent) }
    }
  }
}
