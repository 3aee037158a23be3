import FunctionKit

/// Takes money, and traps before it is for good.
struct TakeMoney: Endpoint {
  struct Input: Decodable {
    var from: [Int]
    var place: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Int {
    try await context.db.run("update till set money = money - 1000")
    return input.from[input.place]
  }
}
