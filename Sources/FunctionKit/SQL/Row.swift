/// The columns of a result, shared by its rows.
public final class RowShape: Sendable {
  public struct Column: Sendable {
    /// As PostgreSQL names it: `paid_at`.
    public let name: String
    /// As Swift and JSON name it: `paidAt`.
    public let key: String
    /// Whether it is `json` or `jsonb`.
    public let isJSON: Bool

    public init(name: String, isJSON: Bool) {
      self.name = name
      self.isJSON = isJSON
      key = camelCased(name)
    }
  }

  public let columns: [Column]
  /// Whether a name stands twice, of which the first counts.
  let hasRepeats: Bool

  public init(_ columns: [Column]) {
    self.columns = columns
    var known: Set<String> = []
    hasRepeats = !columns.allSatisfy { column in
      known.insert(column.key).inserted && (column.name == column.key || known.insert(column.name).inserted)
    }
  }

  /// Most types ask for columns in the order in which they stand, so the next one is looked at first, then the one that
  /// was asked for last.
  func index(of key: String, near place: ColumnPlace) -> Int? {
    if !hasRepeats {
      let last = place.last
      if last + 1 < columns.count, columns[last + 1].key == key {
        place.last = last + 1
        return last + 1
      }
      if last >= 0, columns[last].key == key { return last }
    }
    guard let index = columns.firstIndex(where: { $0.key == key || $0.name == key }) else { return nil }
    place.last = index
    return index
  }
}

/// Where in a row the types are that read one column after the other.
final class ColumnPlace {
  /// The column that was found last, −1 before the first.
  var last = -1
}

/// One row of a result. Values stay in PostgreSQL's text form until they are decoded.
public struct Row: Sendable {
  public let shape: RowShape
  let bytes: [UInt8]
  let ends: [Int32]

  /// - Parameters:
  ///   - bytes: the values, one after the other.
  ///   - ends: where each ends in `bytes`; −1 for NULL.
  public init(shape: RowShape, bytes: [UInt8], ends: [Int32]) {
    self.shape = shape
    self.bytes = bytes
    self.ends = ends
  }

  /// The text of a column, nil for NULL.
  func text(_ column: Int) -> ArraySlice<UInt8>? { range(column).map { bytes[$0] } }

  /// Where its text stands, nil for NULL.
  func range(_ column: Int) -> Range<Int>? {
    guard ends[column] >= 0 else { return nil }
    var start: Int32 = 0
    var before = column - 1
    while before >= 0 {
      if ends[before] >= 0 {
        start = ends[before]
        break
      }
      before -= 1
    }
    return Int(start)..<Int(ends[column])
  }

  /// The row as a value: columns by name for a struct, the first column for a single value.
  /// - Throws: `DecodingError` naming the column.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    try Value(from: RowDecoder(row: self))
  }
}

/// What a statement gave.
public struct QueryResult: Sendable {
  public let rows: [Row]
  /// Rows inserted, updated, deleted or selected.
  public let affected: Int

  public init(rows: [Row], affected: Int) {
    self.rows = rows
    self.affected = affected
  }
}

private func camelCased(_ name: String) -> String {
  let words = name.split(separator: "_")
  guard let first = words.first, words.count > 1 else { return name }
  return words.dropFirst().reduce(String(first)) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
}
