/// A statement of a bundle's source, and where it stands.
public struct ScannedStatement: Codable, Sendable, Hashable {
  public let file: String
  /// Of the literal's opening quote, from 1.
  public let line: Int
  /// As PostgreSQL is sent it: with `$1`, `$2` … where values go.
  public let sql: String

  public init(file: String, line: Int, sql: String) {
    self.file = file
    self.line = line
    self.sql = sql
  }
}

/// The statements of the sources in a directory: every literal that begins like one. Text for people that begins in the
/// same way is among them; no database prepares that.
public func scanStatements(directory: String) throws -> [ScannedStatement] {
  let files = swiftFiles(in: directory)
  let sources = try files.map { (file: $0, literals: sqlLiterals(in: try Disk.contents($0))) }
  let fragments = SQLFragments(sources.flatMap(\.literals))
  return sources.flatMap { source in
    source.literals.filter(\.isStatement).flatMap { literal in
      fragments.texts(of: literal).map { ScannedStatement(file: source.file, line: literal.line, sql: $0) }
    }
  }
}

/// The paths of the sources below a directory, in order.
private func swiftFiles(in directory: String) -> [String] {
  Disk.names(in: directory).flatMap { name in
    let path = "\(directory)/\(name)"
    return name.hasSuffix(".swift") ? [path] : name.contains(".") ? [] : swiftFiles(in: path)
  }
}

extension SwiftLiteral {
  private static let verbs: Set = ["select", "insert", "update", "delete", "with", "merge", "lock", "call"]

  /// Whether its text begins with a verb of SQL and white space.
  fileprivate var isStatement: Bool {
    guard case .text(let text)? = parts.first else { return false }
    let start = text.utf8.drop { $0.isSpace }
    let verb = start.prefix { !$0.isSpace }
    return verb.count < start.count && verb.count <= 6
      && SwiftLiteral.verbs.contains(String(decoding: verb, as: UTF8.self).lowercased())
  }
}
