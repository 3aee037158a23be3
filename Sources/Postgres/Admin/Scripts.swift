public import FunctionKit

/// A script that PostgreSQL refused, with the place.
public struct ScriptError: Error, Sendable {
  /// From 1, in the script's text.
  public let line: Int
  public let error: DatabaseError

  public init(line: Int, error: DatabaseError) {
    self.line = line
    self.error = error
  }
}

extension AdminConnection {
  /// Runs several statements. Outside a transaction they are one: all of them happen, or none.
  /// - Throws: ``ScriptError`` for what the server refuses; ``DatabaseError`` when the connection is lost.
  public func execute(script: String) async throws {
    try await execute(text: script)
    var done = 0
    var failure: ScriptError?
    while let result = try await nextResult() {
      switch result.kind {
      case .error where failure == nil:
        let line = result.errorPosition.map { lineOfCharacter($0, in: script) } ?? lineOfStatement(done, in: script)
        failure = ScriptError(line: line, error: result.error)
      case .copyIn:
        failure = ScriptError(line: lineOfStatement(done, in: script), error: .copyInScript)
        try await endCopy(failure: "not here")
      default: done += 1
      }
    }
    if let failure { throw failure }
  }

  /// Sends the bytes to a `copy … from stdin` statement.
  /// - Returns: how many rows it took.
  @discardableResult
  public func copyIn(_ statement: String, _ bytes: [UInt8]) async throws -> Int {
    try await execute(text: statement)
    var affected = 0
    var failure: DatabaseError?
    while let result = try await nextResult() {
      switch result.kind {
      case .copyIn:
        for start in stride(from: 0, to: bytes.count, by: 65_536) {
          try await putCopy(bytes[start..<min(start + 65_536, bytes.count)])
        }
        try await endCopy(failure: nil)
      case .error: failure = failure ?? result.error
      default: affected = result.affected
      }
    }
    if let failure { throw failure }
    return affected
  }
}

extension DatabaseError {
  fileprivate static let copyInScript = DatabaseError(
    sqlState: "0A000", message: "COPY … FROM STDIN has no input here; use \\copy table from 'file' on a line of its own"
  )
}

private func lineOfCharacter(_ position: Int, in script: String) -> Int {
  1 + script.unicodeScalars.prefix(position - 1).count { $0 == "\n" }
}

private func lineOfStatement(_ index: Int, in script: String) -> Int {
  let bytes = Array(script.utf8)
  let starts = statementStarts(in: bytes)
  guard let last = starts.last else { return 1 }
  return 1 + bytes[..<(index < starts.count ? starts[index] : last)].count { $0 == UInt8(ascii: "\n") }
}
