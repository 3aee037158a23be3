import Glibc
import Runtime

/// How far development's clock has been moved, kept in the state directory: what was written at a moved time would lie in
/// the future of a host that has forgotten it.
struct ClockFile {
  let path: String

  init(_ settings: Settings) { path = settings.stateDirectory + "/clock" }

  /// A clock as far ahead as it was left; every further move is written down.
  /// - Parameter onMove: told how far ahead it is then.
  func clock(onMove: @escaping @Sendable (Duration) -> Void) -> HostClock {
    HostClock(shift: .seconds(seconds())) { shift in
      onMove(shift)
      guard let file = unsafe fopen(path, "w") else { return }
      unsafe fputs("\(shift.components.seconds)\n", file)
      unsafe fclose(file)
    }
  }

  private func seconds() -> Int64 {
    guard let file = unsafe fopen(path, "r") else { return 0 }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 32)
    guard unsafe fgets(&line, 32, file) != nil else { return 0 }
    return Int64(String(decoding: line.prefix { $0 > 32 }.map(UInt8.init), as: UTF8.self)) ?? 0
  }
}
