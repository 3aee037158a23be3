internal import CCrash
private import Glibc

/// Whom a task works for, so that a crash can be laid at the right door: bound around an invocation's work, inherited by
/// the tasks that it makes, and read by the signal handler.
public struct CrashMark: @unchecked Sendable {
  /// Never given twice in one process; 0 is nobody's.
  public var invocation: UInt64 { raw.invocation }
  /// `payment/ChargeCard`; empty when it is nobody's.
  public var function: String { raw.function.map { String(cString: $0) } ?? "" }
  /// As much of the request id as was kept.
  public var request: String {
    withUnsafeBytes(of: raw.request) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  // Laid out as the handler reads it.
  var raw: lakoo_mark

  /// Nobody's.
  public init() { raw = lakoo_mark() }

  init(_ raw: lakoo_mark) { self.raw = raw }

  public init(invocation: UInt64, function: CrashName, request: String) {
    raw = lakoo_mark()
    raw.invocation = invocation
    raw.function = function.text
    var request = request
    withUnsafeMutableBytes(of: &raw.request) { space in
      request.withUTF8 { space.copyBytes(from: $0.prefix(space.count - 1)) }
    }
  }

  @TaskLocal public static var current = CrashMark()
}

/// A function's name as the signal handler can write it: kept for as long as the process lives.
public struct CrashName: @unchecked Sendable {
  let text: UnsafePointer<CChar>?

  public init(_ name: String) { text = strdup(name).map { UnsafePointer($0) } }
}
