import Foundation
import FunctionKit
import Testing

@testable import Deployment

@Suite struct `A store of releases` {
  @Test func `keeps the bundle file and what is in it`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    let added = try bench.store.add(file: file.path, at: noon)
    let release = StoredRelease(
      release: file.release, bundle: "cart", sha256: file.sha256, bytes: file.size, addedAt: noon)
    #expect(added == (release, true))
    #expect(bench.store.release(file.release) == release)
    #expect(try BundleFile.read(bench.store.file(of: file.release)).sha256 == file.sha256)
    #expect(try bench.store.index(of: file.release) == file.index)
    let data = "\(bench.store.directory(of: file.release))/functions/cart/Data/colours.csv"
    #expect(try Disk.contents(data) == Array("red\n".utf8))
    #expect(bench.entries("state/releases").filter { !$0.hasPrefix(file.release) } == [])
  }

  @Test func `takes the same file twice and is as it was`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    try bench.store.add(file: file.path, at: noon)
    let before = bench.entries("state")
    let again = try bench.store.add(file: file.path, at: noon + .seconds(60))
    #expect(!again.isNew)
    #expect(again.release.addedAt == noon)
    #expect(bench.entries("state") == before)
  }

  @Test func `refuses a bad file before anything is written`() throws {
    let bench = try Workbench()
    let path = try bench.spoiled { $0.removeLast() }
    let error = #expect(throws: BundleFileError.self) { try bench.store.add(file: path, at: noon) }
    #expect(error?.code == .truncated)
    #expect(bench.entries("state") == [])
  }

  @Test func `lists the latest first, and forgets what it is told to`() throws {
    let bench = try Workbench()
    let first = try bench.makeCart()
    try bench.store.add(file: first.path, at: noon)
    try bench.addCart(code: "newer")
    let second = try bench.tree.write("cart", into: bench.output)
    try bench.store.add(file: second.path, at: noon + .seconds(1))
    #expect(bench.store.list().map(\.release) == [second.release, first.release])
    try bench.store.remove(first.release)
    #expect(bench.store.list().map(\.release) == [second.release])
    #expect(bench.store.release(first.release) == nil)
    #expect(bench.entries("state/releases").filter { $0.hasPrefix(first.release) } == [])
    try bench.store.remove(first.release)
    #expect(throws: BundleFileError.self) { try bench.store.index(of: first.release) }
  }

  @Test func `that is empty or absent lists nothing`() throws {
    let bench = try Workbench()
    #expect(bench.store.list() == [])
  }

  @Test(arguments: ["", "..", "../../../etc", "0123456789AB", "0123456789a", "0123456789abc"])
  func `knows no release whose name is none`(name: String) throws {
    let bench = try Workbench()
    try bench.store.add(file: bench.makeCart().path, at: noon)
    let before = bench.entries("state")
    #expect(bench.store.release(name) == nil)
    try bench.store.remove(name)
    #expect(bench.entries("state") == before)
  }

  @Test func `on a full disk says what it needs and where, and leaves nothing behind`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    let isFull: OutputFile.Create = { path in
      path.hasSuffix("0001_lines.sql") ? open("/dev/full", O_WRONLY) : OutputFile.create(path)
    }
    let store = ReleaseStore(directory: bench.store.directory, create: isFull)
    let error = #expect(throws: BundleFileError.self) { try store.add(file: file.path, at: noon) }
    #expect(error?.code == .noSpace)
    #expect(
      error?.message
        == "release \(file.release) of cart needs \(grouped(2 * file.size)) bytes in \(store.directory), and the disk is "
        + "full; make room there and try again")
    #expect(bench.entries("state/releases") == [])
    #expect(try bench.store.add(file: file.path, at: noon).isNew)
  }

  @Test func `refuses another content under the name of one that it keeps`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    try bench.store.add(file: file.path, at: noon)
    let note = "state/releases/\(file.release)/release.json"
    let text = String(decoding: try bench.bytes(note), as: UTF8.self)
    try bench.write(note, text.replacing(file.sha256, with: file.release + String(repeating: "0", count: 52)))
    let error = #expect(throws: BundleFileError.self) { try bench.store.add(file: file.path, at: noon) }
    #expect(error?.message.hasPrefix("release \(file.release) is kept here with another content; ") == true)
  }

  @Test func `goes over what a crash has left of an earlier attempt`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    try bench.write("state/releases/.unfinished/lib/half.so", "half")
    try bench.write("state/releases/\(file.release)/lib/half.so", "without its note")
    #expect(bench.store.list() == [])
    try bench.store.add(file: file.path, at: noon)
    #expect(bench.entries("state/releases").filter { $0.contains("half") } == [])
    #expect(bench.store.list().map(\.release) == [file.release])
  }
}
