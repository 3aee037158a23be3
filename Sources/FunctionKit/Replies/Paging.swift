/// What every list takes of a client: how many, and from where on. Ids sort by the time they were made, so the newest come
/// first by `where id < \(paging.before) order by id desc limit \(paging.fetch)`.
public struct Paging: Sendable {
  public static let most = 1...100
  public static let limit: FieldLimit = .range(most, default: 20)

  private let positions: PagingBy<ID>
  /// One more than asked for, which tells whether the list goes on.
  public var fetch: Int { positions.fetch }
  /// The last row of the part before, or what sorts after all.
  public var before: ID { positions.last ?? Self.afterAll }

  /// - Throws: ``Problem`` 422 for a limit, 400 `invalid_cursor` for a cursor of another list.
  public init(_ list: String, limit: Int?, cursor: String?) throws {
    positions = try PagingBy(list, limit: limit, cursor: cursor)
  }

  /// The rows that are shown, and where the list goes on.
  public func page<Row, Item>(_ rows: [Row], id: (Row) -> ID, _ view: (Row) -> Item) -> Page<Item> {
    positions.page(rows, by: id, view)
  }

  private static let afterAll = ID(at: Instant(microseconds: 281_474_976_710_655_999), random: (.max, .max))
}

/// The same for a list that goes by something else than ids, such as a code or a day.
public struct PagingBy<Position: LosslessStringConvertible & Sendable>: Sendable {
  private let list: String
  /// One more than asked for, which tells whether the list goes on.
  public let fetch: Int
  /// Where the part before ended; nil for the first part.
  public let last: Position?

  /// - Throws: ``Problem`` 422 for a limit, 400 `invalid_cursor` for a cursor of another list.
  public init(_ list: String, limit: Int?, cursor: String?) throws {
    var validation = Validation()
    validation.range(limit, "limit", Paging.most)
    try validation.finish()
    self.list = list
    fetch = (limit ?? 20) + 1
    guard let cursor = try Cursor(cursor, list: list) else {
      last = nil
      return
    }
    guard let position = Position(cursor.position) else { throw Problem.invalidCursor }
    last = position
  }

  /// The rows that are shown, and where the list goes on.
  public func page<Row, Item>(_ rows: [Row], by position: (Row) -> Position, _ view: (Row) -> Item) -> Page<Item> {
    Page(rows.prefix(fetch - 1).map(view), nextCursor: next(rows, by: position))
  }

  private func next<Row>(_ rows: [Row], by position: (Row) -> Position) -> String? {
    guard rows.count == fetch, let last = rows.dropLast().last else { return nil }
    return Cursor.text(list: list, position: position(last).description)
  }
}

extension Problem {
  /// A cursor that this list has not given out.
  public static let invalidCursor = Problem(
    400, "invalid_cursor", "This cursor does not belong to this list; start again without one.",
    details: [FieldError(field: "cursor", message: "is not a cursor of this list", code: "invalid")])
}
