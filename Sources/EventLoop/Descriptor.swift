private import CLibUV
private import Glibc

/// A file descriptor that is closed when its owner lets go of it.
public final class Descriptor: @unchecked Sendable {
  private var raw: Int32

  public init(owning raw: Int32) { self.raw = raw }

  public var number: Int32 { raw }

  /// Hands the descriptor to somebody else, who closes it.
  public func release() -> Int32 {
    defer { raw = -1 }
    return raw
  }

  /// Another descriptor of the same open file, which no other program inherits.
  /// - Throws: ``LoopError`` when the process has no descriptors left.
  public func copy() throws(LoopError) -> Descriptor {
    let copy = fcntl(raw, F_DUPFD_CLOEXEC, 3)
    try check(copy < 0 ? -errno : 0, "copy descriptor \(raw)")
    return Descriptor(owning: copy)
  }

  public func close() {
    if raw >= 0 { Glibc.close(release()) }
  }

  deinit { close() }

  /// Two connected sockets that no other program inherits.
  /// - Throws: ``LoopError`` when the process has no descriptors left.
  public static func socketPair() throws(LoopError) -> (Descriptor, Descriptor) {
    try socketPair(of: Int32(SOCK_STREAM.rawValue))
  }

  static func socketPair(of type: Int32) throws(LoopError) -> (Descriptor, Descriptor) {
    var ends: [Int32] = [-1, -1]
    try check(uv_socketpair(type, 0, &ends, 0, 0), "make a pair of sockets")
    return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
  }

  /// A pipe's reading and writing end.
  public static func pipe() throws(LoopError) -> (reading: Descriptor, writing: Descriptor) {
    var ends: [Int32] = [-1, -1]
    try check(uv_pipe(&ends, 0, 0), "make a pipe")
    return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
  }
}
