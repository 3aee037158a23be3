import Glibc
import Testing

@testable import CrashReport

@inline(never) private func whereAmI() -> UInt64 {
  // Where this returns to is in the caller; what it is given is its own code.
  let function: @convention(c) () -> Void = { print("a function of this file") }
  return UInt64(UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer.self)))
}

private func report(_ address: UInt64) throws -> CrashReport {
  let line = "crash 1 signal=4 fate=fatal address=0x0 mark=- stack=0x" + String(address, radix: 16) + ",0x1"
  return try #require(CrashReport(line))
}

private func ownMaps() -> LoadedModules {
  LoadedModules(maps: String(decoding: contents(ofFile: "/proc/self/maps"), as: UTF8.self))
}

@Suite struct `A backtrace` {
  @Test func `names functions that only their own file knows of`() throws {
    let lines = try report(whereAmI()).backtrace(in: ownMaps())
    #expect(lines[0].hasPrefix("#0 CrashReportTests whereAmI() closure #1"), "\(lines)")
    #expect(lines[0].contains("(lakooPackageTests.xctest+0x"))
    #expect(lines[1] == "#1 0x1", "an address that is in no file is given as it is")
  }

  @Test func `does without the names when the file can't be read`() throws {
    let lines = try report(whereAmI()).backtrace(in: ownMaps()) { _ in [] }
    #expect(lines[0].hasPrefix("#0 (lakooPackageTests.xctest+0x"))
  }

  @Test func `finds a library's place in memory, whichever part an address is in`() {
    let modules = LoadedModules(
      maps: """
        7f0000001000-7f0000002000 r--p 00000000 08:01 42   /lib/lib one.so
        7f0000002000-7f0000004000 r-xp 00001000 08:01 42   /lib/lib one.so
        7f0000008000-7f0000009000 rw-p 00000000 00:00 0    [heap]
        broken
        7f0000010000-7f0000011000 r-xp 00002000 08:01 43   /lib/two.so
        """)
    #expect(modules.module(at: 0x7F00_0000_3000)?.base == 0x7F00_0000_1000)
    #expect(modules.module(at: 0x7F00_0000_3000)?.name == "lib one.so")
    #expect(modules.module(at: 0x7F00_0001_0000)?.base == 0x7F00_0000_E000)
    #expect(modules.module(at: 0x7F00_0000_8000) == nil)
  }

  @Test func `survives any file`() {
    let head = Array(contents(ofFile: "/proc/self/exe").prefix(64))
    var generator = SystemRandomNumberGenerator()
    for count in 0..<400 {
      var bytes = head + [UInt8](repeating: 0, count: 4096)
      for _ in 0..<count { bytes[Int.random(in: 16..<bytes.count, using: &generator)] = .random(in: 0...255) }
      _ = SymbolTable(bytes).symbol(at: .max)
      _ = SymbolTable(Array(bytes.prefix(count))).symbol(at: 0)
    }
  }
}
