private import CLibUV
private import Glibc

extension Descriptor {
  /// A file in memory for processes that share it: it lasts as long as one of them has it open, and nobody else finds it.
  /// - Parameter bytes: its size; all of them are zero.
  /// - Throws: ``LoopError`` when there is no descriptor or no memory left.
  public static func memory(_ name: String, bytes: Int) throws(LoopError) -> Descriptor {
    let raw = uv_shim_memory_file(name)
    try check(min(raw, 0), "make a file in memory")
    let descriptor = Descriptor(owning: raw)
    try check(ftruncate(raw, bytes) < 0 ? -errno : 0, "make a file of \(bytes) bytes in memory")
    return descriptor
  }
}
