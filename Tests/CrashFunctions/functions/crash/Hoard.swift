import FunctionKit
import Synchronization

/// Takes memory, and never gives it back.
struct Hoard: Endpoint {
  struct Input: Decodable { var megabytes: Int }
  private static let kept = Mutex<[[UInt8]]>([])

  func handle(_ input: Input, context: Context) async throws -> Int {
    let memory = [UInt8](repeating: 1, count: input.megabytes << 20)
    return Hoard.kept.withLock { kept in
      kept.append(memory)
      return kept.count
    }
  }
}
