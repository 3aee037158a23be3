public import FunctionKit

/// What must hold once all faults are over and everything has been worked through.
public struct Invariant: Sendable {
  let name: String
  /// Nil when it holds, else what was found.
  let violation: @Sendable (World) async throws -> String?

  /// - Parameter violation: nil when it holds, else what was found instead.
  public init(_ name: String, _ violation: @escaping @Sendable (World) async throws -> String?) {
    self.name = name
    self.violation = violation
  }

  /// The statement gives zero.
  /// - Parameter bundle: whose database is asked.
  public static func zero(_ name: String, in bundle: String, _ statement: SQL) -> Invariant {
    Invariant(name) { world in
      let found = try await world.value(in: bundle, statement)
      return found == 0 ? nil : "\(found) by \"\(statement.text)\" of \(bundle)"
    }
  }

  /// The statement gives more than zero, so that the other invariants speak of something.
  public static func some(_ name: String, in bundle: String, _ statement: SQL) -> Invariant {
    Invariant(name) { world in
      try await world.value(in: bundle, statement) > 0 ? nil : "none by \"\(statement.text)\" of \(bundle)"
    }
  }

  /// Two statements, mostly of two databases, give the same.
  public static func equal(
    _ name: String, in first: String, _ one: SQL, in second: String, _ other: SQL
  ) -> Invariant {
    Invariant(name) { world in
      let (left, right) = (try await world.value(in: first, one), try await world.value(in: second, other))
      return left == right ? nil : "\(left) in \(first), \(right) in \(second)"
    }
  }
}
