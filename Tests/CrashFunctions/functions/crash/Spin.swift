import FunctionKit

/// Never ends, and never lets anybody else have the loop.
struct Spin: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    var turns = 0
    while true { turns &+= 1 }
  }
}
