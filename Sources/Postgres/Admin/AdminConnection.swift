public import EventLoop
public import FunctionKit

/// A plain connection for one piece of work at a time, such as migrations: no pipeline, no deadlines.
///
/// Use it from one task, on the loop's thread, and close it.
public final class AdminConnection: Sendable {
  let loop: EventLoop
  let database: String
  private let native: NativeConnection
  private let isClosed: LoopLocal<Bool>

  /// Connects.
  /// - Parameter database: another one than the connection string's.
  /// - Throws: ``DatabaseError`` `08001` with the reason in plain words.
  public init(
    _ loop: EventLoop, connectionString: String, database: String? = nil, applicationName: String = "lakoo"
  ) async throws {
    var conninfo = Conninfo(
      text: connectionString, applicationName: applicationName,
      settings: Conninfo.common + [("statement_timeout", "0"), ("lock_timeout", "0")])
    conninfo.otherDatabase = database
    self.loop = loop
    self.database = conninfo.database
    isClosed = LoopLocal(loop, false)
    do { native = try await connect(loop, conninfo) } catch let failure as ConnectFailure {
      throw DatabaseError(
        sqlState: "08001", message: "can't reach database \(conninfo.database): \(failure.reason)")
    }
    guard native.becomeNonblocking() else { throw DatabaseError.connectionLost(native.errorMessage) }
  }

  /// Whether a transaction is open and has not failed.
  public var isInTransaction: Bool { native.isInTransaction }

  /// Runs one statement.
  public func query(_ sql: SQL) async throws -> QueryResult {
    if let refusal = sql.refusal { throw refusal }
    try await send { native.execute(unprepared: sql.text, sql.binds) }
    var answer = QueryResult(rows: [], affected: 0)
    var failure: DatabaseError?
    while let result = try await nextResult() {
      switch result.kind {
      case .rows, .done: answer = QueryResult(rows: result.rows(result.shape()), affected: result.affected)
      case .error: failure = failure ?? result.error
      default: break
      }
    }
    if let failure { throw failure }
    return answer
  }

  /// Ends the session. Nothing can be run after it.
  public func close() {
    guard !isClosed.value else { return }
    isClosed.value = true
    native.finish()
  }

  // MARK: What the work is made of

  func send(_ send: () -> Bool) async throws {
    guard !isClosed.value else { throw DatabaseError.poolClosed(database) }
    guard send() else { throw lost() }
    try await flush()
  }

  func put(_ put: () -> NativeConnection.Put) async throws {
    while true {
      switch put() {
      case .done: return try await flush()
      case .waiting: try await wait(for: [.readable, .writable])
      case .broken: throw lost()
      }
    }
  }

  func putCopy(_ bytes: ArraySlice<UInt8>) async throws { try await put { native.putCopy(bytes) } }
  func endCopy(failure: String?) async throws { try await put { native.endCopy(failure: failure) } }
  func execute(text: String) async throws { try await send { native.execute(script: text) } }

  func parse(_ sql: String) async throws {
    try await send { native.prepare("", sql) }
    _ = try await onlyResult { _ in }
  }

  func describeParsed() async throws -> StatementShape {
    try await send { native.describe("") }
    return try await onlyResult { $0.statementShape() }
  }

  /// Reads what one command answers to its end.
  private func onlyResult<Answer>(_ read: (borrowing NativeResult) -> Answer) async throws -> Answer {
    var answer: Answer?
    var failure: DatabaseError?
    while let result = try await nextResult() {
      if result.kind == .error { failure = failure ?? result.error } else { answer = answer ?? read(result) }
    }
    if let answer, failure == nil { return answer }
    throw failure ?? lost()
  }

  /// The next result of what was sent, nil when there are no more.
  func nextResult() async throws -> NativeResult? {
    while native.isBusy { try await wait(for: .readable) }
    guard let result = native.nextResult() else { return nil }
    if result.kind == .error, result.isFatal { throw lost() }
    if result.kind == .other {
      close()
      throw DatabaseError(sqlState: "0A000", message: "only COPY … FROM STDIN can be used here")
    }
    return result
  }

  private func flush() async throws {
    while true {
      switch native.flush() {
      case .done: return
      case .waiting: try await wait(for: [.readable, .writable])
      case .broken: throw lost()
      }
    }
  }

  private func wait(for events: Poll.Events) async throws {
    guard await loop.wait(for: events, on: native.descriptor, until: loop.now + 86_400_000), native.consumeInput()
    else { throw lost() }
  }

  private func lost() -> DatabaseError {
    let error = DatabaseError.connectionLost(native.errorMessage)
    close()
    return error
  }
}
