/// A statement that has to work in a schema, and whose it is.
public struct GuardedStatement: Sendable, Hashable {
  /// For messages: "release f798d6b7810b (live)".
  public let owner: String
  public let file: String
  public let line: Int
  public let sql: String

  public init(owner: String, file: String, line: Int, sql: String) {
    self.owner = owner
    self.file = file
    self.line = line
    self.sql = sql
  }

  func says(_ reason: String) -> String { "\(owner) \(file):\(line): \(reason)" }
}

/// What a change of a schema would break, each statement with its place, and what to do.
public struct SchemaGateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Statements of other releases that work now and would not then.
  public let losses: [String]
  /// Statements of the release itself that do not work.
  public let broken: [String]

  public var description: String {
    (losses + (losses.isEmpty ? [] : [SchemaGateError.expandFirst]) + broken
      + (broken.isEmpty ? [] : [SchemaGateError.mendOwn])).joined(separator: "\n")
  }

  private static let expandFirst =
    "The schema is as it was. Keep what the live release uses until the release after next: add what is new first, and "
    + "take away what is old when neither the live release nor the one to roll back to uses it."
  private static let mendOwn = "Add a migration that makes what is missing, or mend the statement."
}
