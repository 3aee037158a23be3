private import CLibPQ

/// libpq's connection, non-blocking, as an owned object: the only place where its pointer lives.
///
/// It is confined to the loop's thread, except that ``init(_:)`` runs on the thread pool, because it may resolve a name.
final class NativeConnection: @unchecked Sendable {
  enum Progress { case reading, writing, ready, failed }
  enum Flush { case done, waiting, broken }

  let raw: OpaquePointer
  private var isFinished = false
  /// Memory for the text of binds, kept between statements.
  var scratch: [UInt8] = []

  /// Starts to connect. May block while a host name is resolved.
  init(_ conninfo: Conninfo) {
    let parameters = conninfo.parameters
    raw = withCStrings(parameters.map(\.name)) { names in
      withCStrings(parameters.map(\.value)) { values in PQconnectStartParams(names, values, 1)! }
    }
    PQsetNoticeProcessor(raw, { _, _ in }, nil)
    PQsetErrorContextVisibility(raw, PQSHOW_CONTEXT_NEVER)
  }

  deinit { if !isFinished { PQfinish(raw) } }

  /// Closes the session at once; nothing may be called after it.
  func finish() {
    guard !isFinished else { return }
    isFinished = true
    PQfinish(raw)
  }

  /// −1 when there is no socket.
  var descriptor: Int32 { PQsocket(raw) }
  var hasFailed: Bool { PQstatus(raw) == CONNECTION_BAD }
  var database: String { PQdb(raw).map { String(cString: $0) } ?? "" }

  /// libpq's last words on one line.
  var errorMessage: String {
    let words = String(cString: PQerrorMessage(raw)).split { $0.isNewline || $0 == "\t" }
    return words.joined(separator: " ")
  }

  /// Lets libpq notice that it is idle, once everything has been answered; until then it reports no transaction state.
  func settle() { if let result = PQgetResult(raw) { PQclear(result) } }

  /// Whether no transaction is open, as of the last synchronisation.
  var isOutsideTransaction: Bool { PQtransactionStatus(raw) == PQTRANS_IDLE }
  var isInTransaction: Bool { PQtransactionStatus(raw) == PQTRANS_INTRANS }

  /// Goes on connecting.
  func advance() -> Progress {
    switch PQconnectPoll(raw) {
    case PGRES_POLLING_READING: .reading
    case PGRES_POLLING_WRITING: .writing
    case PGRES_POLLING_OK: .ready
    default: .failed
    }
  }

  func becomeNonblocking() -> Bool { PQsetnonblocking(raw, 1) == 0 }
  func enterPipeline() -> Bool { becomeNonblocking() && PQenterPipelineMode(raw) == 1 }

  func flush() -> Flush {
    switch PQflush(raw) {
    case 0: .done
    case 1: .waiting
    default: .broken
    }
  }

  /// Takes what the socket holds; false when the connection is gone.
  func consumeInput() -> Bool { PQconsumeInput(raw) == 1 }

  /// Whether the next result is still on its way.
  var isBusy: Bool { PQisBusy(raw) != 0 }

  /// The next result; nil ends those of one command.
  func nextResult() -> NativeResult? {
    guard let result = PQgetResult(raw) else { return nil }
    return NativeResult(result)
  }
}

/// Hands the strings to the body as a nil-terminated C array.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
  let copies = strings.map { string in
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: string.utf8.count + 1)
    string.withCString { copy.initialize(from: $0, count: string.utf8.count + 1) }
    return copy
  }
  defer { for copy in copies { copy.deallocate() } }
  let pointers = copies.map { UnsafePointer<CChar>?($0) } + [nil]
  return pointers.withUnsafeBufferPointer { body($0.baseAddress!) }
}
