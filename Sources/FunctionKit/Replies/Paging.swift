/// What every list takes of a client: how many, and from where on. Ids sort by the time they were made, so the newest come
/// first by `where id < \(paging.before) order by id desc limit \(paging.fetch)`.
public struct Paging: Sendable {
  public static let most = 1...100
  public static let limit: FieldLimit = .range(most, default: 20)

  private let list: String
  /// One more than asked for, which tells whether the list goes on.
  public let fetch: Int
  /// The last row of the part before, or what sorts after all.
  public let before: ID

  /// - Throws: ``Problem`` 422 for a limit, 400 `invalid_cursor` for a cursor of another list.
  public init(_ list: String, limit: Int?, cursor: String?) throws {
    var validation = Validation()
    validation.range(limit, "limit", Self.most)
    try validation.finish()
    self.list = list
    fetch = (limit ?? 20) + 1
    guard let cursor = try Cursor(cursor, list: list) else {
      before = Self.afterAll
      return
    }
    guard let id = ID(cursor.position) else { throw Problem.invalidCursor }
    before = id
  }

  /// The rows that are shown, and where the list goes on.
  public func page<Row, Item>(_ rows: [Row], id: (Row) -> ID, _ view: (Row) -> Item) -> Page<Item> {
    Page(rows.prefix(fetch - 1).map(view), nextCursor: next(rows, id: id))
  }

  /// For views that are made of all rows together.
  public func shown<Row>(_ rows: [Row]) -> [Row] { Array(rows.prefix(fetch - 1)) }

  /// Where the list goes on after the rows that are shown; nil at its end.
  public func next<Row>(_ rows: [Row], id: (Row) -> ID) -> String? {
    guard rows.count == fetch, let last = rows.dropLast().last else { return nil }
    return Cursor.text(list: list, position: id(last).description)
  }

  private static let afterAll = ID(at: Instant(microseconds: 281_474_976_710_655_999), random: (.max, .max))
}

extension Problem {
  /// A cursor that this list has not given out.
  public static let invalidCursor = Problem(
    400, "invalid_cursor", "This cursor does not belong to this list; start again without one.",
    details: [FieldError(field: "cursor", message: "is not a cursor of this list", code: "invalid")])
}
