/// A statement of a bundle's source, and where it stands.
public struct ScannedStatement: Codable, Sendable, Hashable {
  public let file: String
  public let line: Int
  public let sql: String

  public init(file: String, line: Int, sql: String) {
    self.file = file
    self.line = line
    self.sql = sql
  }
}

/// The statements of the sources in a directory.
public func scanStatements(directory: String) throws -> [ScannedStatement] { [] }
