private import CLibPQ
internal import FunctionKit
private import Glibc

/// One `PGresult`, cleared when it goes out of scope.
struct NativeResult: ~Copyable {
  enum Kind { case rows, done, empty, error, sync, aborted, copyIn, other }

  private let raw: OpaquePointer
  let kind: Kind

  init(_ raw: OpaquePointer) {
    self.raw = raw
    kind =
      switch PQresultStatus(raw) {
      case PGRES_TUPLES_OK: .rows
      case PGRES_COMMAND_OK: .done
      case PGRES_EMPTY_QUERY: .empty
      case PGRES_FATAL_ERROR: .error
      case PGRES_PIPELINE_SYNC: .sync
      case PGRES_PIPELINE_ABORTED: .aborted
      case PGRES_COPY_IN: .copyIn
      default: .other
      }
  }

  deinit { PQclear(raw) }

  // MARK: Errors

  /// The server's own words, without the detail and hint, which may quote data.
  var error: DatabaseError {
    DatabaseError(
      sqlState: field("C") ?? "08006", message: field("M") ?? String(cString: PQresultErrorMessage(raw)),
      constraint: field("n"))
  }

  /// Whether the session ends with this error, or libpq itself made it up because the session has ended.
  var isFatal: Bool {
    guard let severity = field("V") else { return true }
    return severity == "FATAL" || severity == "PANIC"
  }

  /// The character of the statement's text that the error points at, from 1.
  var errorPosition: Int? { field("P").flatMap { Int($0) } }

  private func field(_ code: Unicode.Scalar) -> String? {
    PQresultErrorField(raw, Int32(code.value)).map { String(cString: $0) }
  }

  // MARK: Rows

  /// Whether the command was a rollback: what `commit` answers when the transaction had failed.
  var isRollback: Bool { PQcmdStatus(raw).map { String(cString: $0) == "ROLLBACK" } ?? false }

  var affected: Int { PQcmdTuples(raw).flatMap { Int(String(cString: $0)) } ?? 0 }

  var columnCount: Int { Int(PQnfields(raw)) }

  func shape() -> RowShape {
    RowShape(
      (0..<PQnfields(raw)).map { column in
        let type = PQftype(raw, column)
        return RowShape.Column(name: String(cString: PQfname(raw, column)), isJSON: type == 114 || type == 3802)
      })
  }

  /// Of the description of a statement.
  func statementShape() -> StatementShape {
    StatementShape(
      parameters: (0..<PQnparams(raw)).map { PQparamtype(raw, $0) },
      columns: (0..<PQnfields(raw)).map { column in
        StatementShape.Column(name: String(cString: PQfname(raw, column)), type: PQftype(raw, column))
      })
  }

  func rows(_ shape: RowShape) -> [Row] {
    let columns = PQnfields(raw)
    return (0..<PQntuples(raw)).map { row(Int32($0), columns, shape) }
  }

  private func row(_ row: Int32, _ columns: Int32, _ shape: RowShape) -> Row {
    var total: Int32 = 0
    let ends = [Int32](unsafeUninitializedCapacity: Int(columns)) { ends, count in
      for column in 0..<columns {
        let length = PQgetlength(raw, row, column)
        let isNull = length == 0 && PQgetisnull(raw, row, column) != 0
        total += length
        ends.initializeElement(at: Int(column), to: isNull ? -1 : total)
      }
      count = Int(columns)
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(total)) { bytes, count in
      for column in 0..<columns where Int(ends[Int(column)]) > count {
        let end = Int(ends[Int(column)])
        memcpy(bytes.baseAddress! + count, PQgetvalue(raw, row, column), end - count)
        count = end
      }
    }
    return Row(shape: shape, bytes: bytes, ends: ends)
  }
}
