/// Which files a process has in memory and where, as `/proc/<pid>/maps` tells; it is to be read while the process lives,
/// once everything is loaded.
public struct LoadedModules: Sendable {
  /// A file in memory.
  public struct Module: Sendable, Equatable {
    public let path: String
    /// Where the file's beginning is, or would be.
    public let base: UInt64
    var range: Range<UInt64>

    /// `libPaymentFunctions.so`.
    public var name: Substring { path.split(separator: "/").last ?? "" }
  }

  public private(set) var modules: [Module] = []

  /// Lines that are not understood are passed over.
  public init(maps: String) {
    for line in maps.split(separator: "\n") { add(line) }
  }

  /// `7f1c2000-7f1c3000 r-xp 00001000 08:01 42   /lib/libc.so.6`
  private mutating func add(_ line: Substring) {
    let words = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
    guard words.count == 6, let slash = words[5].firstIndex(of: "/") else { return }
    let ends = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
    guard ends.count == 2, ends[0] < ends[1], let offset = UInt64(words[2], radix: 16) else { return }
    let path = String(words[5][slash...])
    if let last = modules.last, last.path == path, last.base <= ends[0] {
      modules[modules.count - 1].range = last.range.lowerBound..<ends[1]
    } else {
      modules.append(Module(path: path, base: ends[0] &- offset, range: ends[0]..<ends[1]))
    }
  }

  func module(at address: UInt64) -> Module? { modules.first { $0.range.contains(address) } }
}
