private import CLibUV
private import Glibc

/// What a process may use of the machine. It holds from the first moment that the kernel lets it; what the kernel refuses
/// does not hold, and the process runs without.
public struct ProcessLimits: Sendable {
  /// Bytes of memory that are its own (`RLIMIT_DATA`); past them an allocation fails. Nil for as many as there are.
  public var memory: Int?
  /// How many processors it runs on at a time. Nil for all.
  public var processors: Int?
  /// From 0 to 19: how far others go before it when processors are short.
  public var niceness = 0

  public init() {}

  func apply(to process: Int32) {
    if let memory { uv_shim_limit_memory(process, UInt64(memory)) }
    if let processors { uv_shim_use_processors(process, Int32(processors)) }
    if niceness > 0 { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(process), Int32(niceness)) }
  }
}
