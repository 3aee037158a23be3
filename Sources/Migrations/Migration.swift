internal import Crypto

/// One numbered step of a schema. Steps are only ever added.
public struct Migration: Sendable {
  public let version: Int
  /// The part of the file's name behind the number.
  public let name: String
  /// SHA-256 of the text; where it copies files, of the digests of the text and of each file.
  public let checksum: String
  let parts: [Part]

  /// What is done, in order.
  enum Part: Sendable {
    /// SQL, which begins at that line of the file.
    case sql(String, line: Int)
    /// A `copy … from stdin` statement and what it is fed.
    case copy(statement: String, content: [UInt8], line: Int)
  }

  /// A step that is part of a program. `\copy` is for files only.
  public init(version: Int, name: String, sql: String) {
    self.init(version: version, name: name, text: Array(sql.utf8), parts: [.sql(sql, line: 1)])
  }

  init(version: Int, name: String, text: [UInt8], parts: [Part]) {
    self.version = version
    self.name = name
    self.parts = parts
    var digest = sha256(text)
    let contents = parts.compactMap { part in
      if case .copy(_, let content, _) = part { content } else { nil }
    }
    if !contents.isEmpty { digest = sha256(contents.reduce(digest) { $0 + sha256($1) }) }
    checksum = hexString(digest)
  }

  public var fileName: String { "\(fourDigits(version))_\(name).sql" }
}

func fourDigits(_ number: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
