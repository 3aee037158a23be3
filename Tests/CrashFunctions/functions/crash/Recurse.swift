import FunctionKit

/// Uses up the stack, which takes the whole process with it.
struct Recurse: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int { dig(1) }

  private func dig(_ depth: Int) -> Int { depth < 0 ? 0 : dig(depth + 1) + dig(depth + 2) }
}
