import FunctionKit

/// Does not give the loop back for an hour.
struct CountForever: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    let end = ContinuousClock.now + .seconds(3600)
    var count = 0
    while ContinuousClock.now < end { count += 1 }
    return count
  }
}
