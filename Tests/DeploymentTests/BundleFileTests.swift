import Crypto
import Foundation
import Testing

@testable import Deployment

@Suite struct `A bundle file` {
  @Test func `is read as it was written, named by its digest`() throws {
    let bench = try Workbench()
    let written = try bench.makeCart()
    let read = try BundleFile.read(written.path)
    #expect(read == written)
    #expect(read.release == String(hexString(sha256(try bench.bytes("out/cart-\(read.release).bundle"))).prefix(12)))
    #expect(written.path == "\(bench.output)/cart-\(written.release).bundle")
    #expect(read.index.bundle == "cart")
    #expect(read.index.toolchain == Workbench.compiler)
  }

  @Test func `holds the library, the manifest, the bundle's own events, its schema and what that copies`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    #expect(
      file.index.files.map(\.path) == [
        "functions/cart/Data/colours.csv", "functions/cart/Migrations/0001_lines.sql",
        "functions/cart/Migrations/0002_colours.sql", "lib/libCartFunctions.so", "manifests/cart.yaml",
        "manifests/events/cart.cleared.yaml",
      ])
    #expect(try file.contents(of: "functions/cart/Data/colours.csv") == Array("red\n".utf8))
    #expect(try file.contents(of: "functions/cart/Clear.swift") == nil)
  }

  @Test func `is the same to the byte for the same content, wherever and whenever it is made`() throws {
    let one = try Workbench()
    let other = try Workbench()
    let (first, second) = (try one.makeCart(), try other.makeCart())
    let path = "out/cart-\(first.release).bundle"
    #expect(try one.bytes(path) == other.bytes(path))
    #expect(first.sha256 == second.sha256)
    try other.addCart(code: "other code")
    #expect(try other.tree.write("cart", into: other.output).release != first.release)
  }

  @Test func `can be looked into with tar`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    let (status, listed) = try run("tar", "tf", file.path)
    #expect(status == 0)
    #expect(listed.split(separator: "\n").map(String.init) == ["bundle.json"] + file.index.files.map(\.path))
    let (_, text) = try run("tar", "xOf", file.path, "functions/cart/Migrations/0001_lines.sql")
    #expect(text == "create table line (id int);\n")
  }

  @Test func `has room for paths that are longer than a name may be`() throws {
    let bench = try Workbench()
    try bench.addCart()
    let folder = String(repeating: "a", count: 60) + "/" + String(repeating: "b", count: 60)
    try bench.write("functions/cart/\(folder)/colours.csv", "blue\n")
    try bench.write(
      "functions/cart/Migrations/0002_colours.sql", "\\copy colour (name) from '../\(folder)/colours.csv' csv\n")
    let file = try bench.tree.write("cart", into: bench.output)
    #expect(try BundleFile.read(file.path).contents(of: "functions/cart/\(folder)/colours.csv") == Array("blue\n".utf8))
    #expect(try run("tar", "tf", file.path).output.contains(folder))
  }

  @Test func `of many mebibytes is read and written whole`() throws {
    let bench = try Workbench()
    try bench.addCart(sql: "-- " + String(repeating: "x", count: 3_500_000) + "\n")
    let file = try bench.tree.write("cart", into: bench.output)
    #expect(try BundleFile.read(file.path) == file)
    #expect(try file.contents(of: "functions/cart/Migrations/0001_lines.sql")?.count == 3_500_004)
  }
}

/// Runs a program to its end.
func run(_ words: String...) throws -> (status: Int32, output: String) {
  let (process, pipe) = (Process(), Pipe())
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = words
  process.standardOutput = pipe
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}
