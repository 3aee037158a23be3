internal import FunctionKit

/// The errors that come from here rather than from the server.
extension DatabaseError {
  static func connectionLost(_ reason: String) -> DatabaseError {
    DatabaseError(sqlState: "08006", message: "the connection to the database was lost: \(reason)")
  }

  static func outcomeUnknown(_ reason: String) -> DatabaseError {
    DatabaseError(
      sqlState: "08007",
      message: "the connection to the database was lost while it committed, so the outcome is unknown: \(reason)")
  }

  static func unreachable(_ database: String, _ reason: String) -> DatabaseError {
    DatabaseError(sqlState: "08001", message: "can't reach database \(database): \(reason); it is retried")
  }

  static func allBusy(_ database: String, _ connections: Int) -> DatabaseError {
    DatabaseError(sqlState: "53300", message: "all \(connections) connections of database \(database) are busy")
  }

  static func poolClosed(_ database: String) -> DatabaseError {
    DatabaseError(sqlState: "08003", message: "the connections to database \(database) have been closed")
  }

  static let timedOut = DatabaseError(sqlState: "57014", message: "the statement did not end before its deadline")

  static let ended = DatabaseError(sqlState: "25000", message: "the transaction has already ended")

  static let endedByStatement = DatabaseError(
    sqlState: "2D000", message: "a statement committed or rolled back the transaction, which only its owner may do")

  /// Keeps the code of a failure that may pass, so that whoever sees this one only can still try again.
  static func failedBefore(_ error: DatabaseError) -> DatabaseError {
    DatabaseError(
      sqlState: error.isTransient ? error.sqlState : "25P02",
      message: "the transaction was rolled back, because a statement of it failed: \(error.message)",
      constraint: error.constraint)
  }

  static let rolledBack = DatabaseError(
    sqlState: "25P02", message: "the transaction was rolled back, because a statement of it failed")
}

extension SQL {
  /// What would be cut off or refused half-way is refused before it is sent.
  var refusal: DatabaseError? {
    if binds.count > 65_535 {
      return DatabaseError(sqlState: "54023", message: "a statement can't have more than 65,535 values")
    }
    for case let bind? in binds where bind.hasZeroByte {
      return DatabaseError(sqlState: "22021", message: "text for PostgreSQL can't contain a zero byte")
    }
    return text.hasZeroByte
      ? DatabaseError(sqlState: "22021", message: "a statement can't contain a zero byte") : nil
  }
}
