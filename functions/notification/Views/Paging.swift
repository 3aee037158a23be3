import FunctionKit

/// What every list of this service takes of a client: how many, and from where on.
struct Paging: Sendable {
  static let most = 1...100
  static let limit: FieldLimit = .range(most, default: 20)

  private let list: String
  /// One more than asked for, which tells whether the list goes on.
  let fetch: Int
  /// The last row of the part before, or what sorts after all.
  let before: ID

  /// - Throws: ``Problem`` 422 for a limit, 400 `invalid_cursor` for a cursor of another list.
  init(_ list: String, limit: Int?, cursor: String?) throws {
    var validation = Validation()
    validation.range(limit, "limit", Self.most)
    try validation.finish()
    self.list = list
    fetch = (limit ?? 20) + 1
    guard let cursor = try Cursor(cursor, list: list) else {
      before = Self.afterAll
      return
    }
    guard let id = ID(cursor.position) else {
      throw Problem(400, "invalid_cursor", "This cursor does not belong to this list; start again without one.")
    }
    before = id
  }

  func page<Row, Item>(_ rows: [Row], id: (Row) -> ID, _ view: (Row) -> Item) -> Page<Item> {
    let shown = rows.prefix(fetch - 1)
    let next = rows.count == fetch ? shown.last.map { Cursor.text(list: list, position: id($0).description) } : nil
    return Page(shown.map(view), nextCursor: next)
  }

  private static let afterAll = ID(at: Instant(microseconds: 281_474_976_710_655_999), random: (.max, .max))
}
