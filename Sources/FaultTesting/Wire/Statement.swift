/// A statement on its way to a server, at one place of the code.
struct Statement: Sendable, Equatable, CustomStringConvertible {
  var database: String
  var text: String
  /// The same for the same statement after the same statements of its transaction: one place of the code, however often
  /// it runs.
  var place: UInt64

  var description: String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return "\(database): \(words.count > 120 ? words.prefix(117) + "…" : words[...])"
  }
}

/// Tells the places of a session's statements apart.
struct PlaceFinder: Sendable {
  private static let start: UInt64 = 0xcbf2_9ce4_8422_2325
  private let database: UInt64
  private var transaction: UInt64?

  init(database: String) { self.database = Self.hash(database, after: Self.start) }

  mutating func place(of text: String) -> UInt64 {
    let place = Self.hash(text, after: transaction ?? database)
    switch text {
    case "begin": transaction = place
    case "commit", "rollback": transaction = nil
    default: if transaction != nil { transaction = place }
    }
    return place
  }

  /// FNV-1a: the same in every process, which `Hasher` is not.
  private static func hash(_ text: String, after start: UInt64) -> UInt64 {
    text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
