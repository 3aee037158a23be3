import FunctionKit

/// Shows which faults are switched on.
struct GetFaults: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Faults { try await context.db.faults() }
}
