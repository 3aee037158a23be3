internal import EventLoop
public import FunctionKit
private import Glibc
internal import Postgres
internal import Runtime

/// What the host has logged, in a file without a name.
public final class LogFile: Sendable {
  let descriptor: Int32
  private let loop: EventLoop

  init(_ loop: EventLoop) throws {
    self.loop = loop
    var template = Array("/tmp/lakoo-log-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw SetupError("can't make a file for the log: \(errno)") }
    unlink(template)
  }

  func close() { _ = Glibc.close(descriptor) }

  fileprivate func contents() -> String {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = pread(descriptor, &part, part.count, bytes.count), count > 0 { bytes += part[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Platform {
  /// The lines so far, without the line ends.
  public func logLines() -> [String] {
    flushLog()
    return log.contents().split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// The lines so far that are JSON, of one function.
  public func logEntries(of function: String) throws -> [JSON] {
    try logLines().map { try JSON.parse(Array($0.utf8)) }.filter { $0["function"]?.string == function }
  }

  /// The lines so far of the access log.
  public func accessEntries() throws -> [JSON] {
    try logLines().map { try JSON.parse(Array($0.utf8)) }.filter { $0["kind"]?.string == "access" }
  }

  /// Waits until the condition holds; a test that waits in vain fails after ten seconds.
  public func until(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<1000 {
      if try await condition() { return }
      try await loop.sleep(for: .milliseconds(10))
    }
    throw SetupError("it never happened")
  }
}

extension Platform {
  /// The only value of a statement, read past the bundles.
  public func one<Value: Decodable>(_ statement: SQL, as type: Value.Type = Value.self) async throws -> Value {
    guard let row = try await pool.read(statement, timeout: .seconds(20)).rows.first else { throw SetupError("no row") }
    return try row.decode()
  }

  public func write(_ statement: SQL) async throws { _ = try await pool.write(statement, timeout: .seconds(20)) }
}
