import Foundation
import Testing

@testable import Deployment

@Suite struct `A fingerprint` {
  private static let build = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().path

  @Test func `of a library that Swift built names the commit of its compiler`() throws {
    let host = try Fingerprint.host(libraryDirectory: `A fingerprint`.build)
    #expect(host.toolchain.hasPrefix("clang version "))
    #expect(host.toolchain.contains("swiftlang"))
    #expect(host.kit.utf8.count == 12)
  }

  @Test func `that is the host's own fits`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    let host = try Fingerprint.host(libraryDirectory: bench.libraries)
    #expect(file.index.fingerprint == host)
    #expect(Fingerprint.mismatch(host: host, bundle: file.index) == nil)
  }

  @Test func `of another compiler names both`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    let host = Fingerprint(kit: file.index.kit, toolchain: "clang version 22.0.0 (swiftlang abc)")
    #expect(
      Fingerprint.mismatch(host: host, bundle: file.index)
        == "cart was compiled by \(Workbench.compiler), and this host by clang version 22.0.0 (swiftlang abc); build the "
        + "bundle again with the host's Swift toolchain")
  }

  @Test func `of another kit names both`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    let host = Fingerprint(kit: "0123456789ab", toolchain: Workbench.compiler)
    #expect(
      Fingerprint.mismatch(host: host, bundle: file.index)
        == "cart was built with kit \(file.index.kit), and this host has kit 0123456789ab; build the bundle again beside "
        + "the host's own libFunctionKit.so: the same sources of Lakoo, in the same configuration")
  }

  @Test(arguments: [elf(comment: "rustc"), Array("#!/bin/sh".utf8), []])
  func `is not made up for what no compiler has signed`(library: [UInt8]) throws {
    let bench = try Workbench()
    try bench.addCart()
    try bench.write(".build/debug/libCartFunctions.so", library)
    #expect(throws: FingerprintError.self) { try bench.tree.write("cart", into: bench.output) }
  }
}

@Suite struct `An ELF file` {
  @Test func `is read by the names of its sections`() throws {
    let file = try ELF(elf(comment: "clang version 1"))
    #expect(file.sections.map(\.name) == ["", ".comment", ".shstrtab", ".bss"])
    #expect(file.section(".bss")?.range == 0..<0)
    #expect(
      file.section(".comment").map { String(decoding: file.contents($0), as: UTF8.self) }?.hasPrefix("GCC") == true)
    let names = try #require(file.section(".shstrtab"))
    #expect(file.text(at: 10, in: names) == ".shstrtab")
    #expect(file.text(at: names.range.count, in: names) == nil)
    #expect(file.number(at: file.bytes.count - 3, as: UInt32.self) == nil)
    #expect(file.number(at: 0x3C, as: UInt16.self) == 4)
  }

  @Test func `that was cut off or has any byte changed is read or refused, and nothing worse`() throws {
    let bytes = elf(comment: "clang version 1", content: "code")
    for length in 0..<bytes.count - 1 { #expect(throws: ELFError.self) { try ELF(Array(bytes.prefix(length))) } }
    var outcomes: [Bool: Int] = [:]
    for offset in bytes.indices {
      for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
        var changed = bytes
        changed[offset] = value
        outcomes[(try? ELF(changed)) != nil, default: 0] += 1
      }
    }
    #expect((outcomes[true] ?? 0) > 0 && (outcomes[false] ?? 0) > 0)
  }
}
