/// How many invocations of one function run at once, so that a slow one leaves its neighbours their connections.
public struct Concurrency: Sendable, Hashable {
  public let limit: Int
  /// How many more may wait for a place; the rest is refused.
  public let queue: Int

  public init(limit: Int, queue: Int = 100) {
    self.limit = limit
    self.queue = queue
  }
}

extension Fields {
  /// Reads `concurrency: { limit: 20, queue: 100 }`; the queue has a default.
  func readConcurrency() -> Concurrency? {
    guard let fields = fields("concurrency", keys: ["limit", "queue"]) else { return nil }
    fields.require("limit", example: "20")
    let limit = fields.read("limit") { text throws(Mistake) in try Numbers.whole(text, in: 1...10_000) }
    let queue = fields.read("queue") { text throws(Mistake) in try Numbers.whole(text, in: 0...10_000) }
    guard let limit else { return nil }
    return queue.map { Concurrency(limit: limit, queue: $0) } ?? Concurrency(limit: limit)
  }
}
