import FunctionKit

/// A list in the order of ids, from the newest, and where a page of it begins.
struct NewestFirst: Sendable {
  private let list: String
  private let limit: Int
  /// Items have smaller ids than this.
  let before: ID

  /// - Throws: ``Problem`` 422 for a limit that no page has, 400 `invalid_cursor`.
  init(_ list: String, _ limit: Int?, _ cursor: String?) throws {
    var validation = Validation()
    validation.range(limit, "limit", 1...100)
    try validation.finish()
    self.list = list
    self.limit = limit ?? 20
    before = try Self.position(cursor, list) ?? Self.beyondAll
  }

  /// One more than is shown, to know whether there is more.
  var fetch: Int { limit + 1 }

  func page<Row, View>(_ found: [Row], id: (Row) -> ID, _ view: (Row) -> View) -> Page<View> {
    let shown = found.prefix(limit)
    let next = found.count > limit ? shown.last.map { Cursor.text(list: list, position: id($0).description) } : nil
    return Page(shown.map(view), nextCursor: next)
  }

  private static let beyondAll = ID(at: Instant(seconds: 4_000_000_000), random: (.max, .max))

  private static func position(_ cursor: String?, _ list: String) throws -> ID? {
    guard let cursor = try Cursor(cursor, list: list) else { return nil }
    guard let id = ID(cursor.position) else {
      throw Problem(400, "invalid_cursor", "This cursor does not belong to this list; start again without one.")
    }
    return id
  }
}
