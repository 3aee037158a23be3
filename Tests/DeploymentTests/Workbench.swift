import Foundation
import FunctionKit

@testable import Deployment

/// A project with libraries as a build leaves them, in a folder of its own.
struct Workbench: ~Copyable {
  let root = "/tmp/lakoo-deployment-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"

  var libraries: String { "\(root)/.build/debug" }
  var output: String { "\(root)/out" }
  var tree: PackageTree { PackageTree(root: root, libraryDirectory: libraries) }
  var store: ReleaseStore { ReleaseStore(directory: "\(root)/state/releases") }

  static let compiler = "clang version 21.0.0 (https://example.org/llvm-project.git 11673e66)"

  init() throws {
    try write(".build/debug/libFunctionKit.so", elf(comment: Workbench.compiler, content: "kit"))
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func write(_ path: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: "\(root)/\(path)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ path: String, _ text: String) throws { try write(path, Array(text.utf8)) }

  func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)")))
  }

  /// Adds a bundle `cart` that emits `cart.cleared`, has a schema and copies a file.
  func addCart(code: String = "code", sql: String = "create table line (id int);\n") throws {
    try write(
      "manifests/cart.yaml",
      """
      bundle: cart
      summary: Carts.
      version: 1
      port: 3001
      database: cart_db
      endpoints:
        Clear: { route: POST /clear, access: public, emits: [cart.cleared] }

      """)
    try write("functions/cart/Migrations/0001_lines.sql", sql)
    try write("functions/cart/Migrations/0002_colours.sql", "\\copy colour (name) from '../Data/colours.csv' csv\n")
    try write("functions/cart/Data/colours.csv", "red\n")
    try write("functions/cart/Clear.swift", "struct Clear {}\n")
    try write("manifests/events/cart.cleared.yaml", "event: cart.cleared\n# of the cart\n")
    try write("manifests/events/other.event.yaml", "event: other.event\n")
    try write(".build/debug/libCartFunctions.so", elf(comment: Workbench.compiler, content: code))
  }

  /// Adds a bundle that consumes `cart.cleared`.
  func addReader(_ name: String, port: Int) throws {
    try write(
      "manifests/\(name).yaml",
      """
      bundle: \(name)
      summary: Reads.
      version: 1
      port: \(port)
      database: \(name)_db
      events:
        Note: { on: cart.cleared }

      """)
    try write("functions/\(name)/Migrations/0001_notes.sql", "create table note (id int);\n")
    let library = "lib\(name.capitalized)Functions.so"
    try write(".build/debug/\(library)", elf(comment: Workbench.compiler, content: name))
  }

  func makeCart() throws -> BundleFile {
    try addCart()
    return try tree.write("cart", into: output)
  }

  /// Adds a bundle with neither events nor a schema.
  func addMenu() throws {
    try write(
      "manifests/menu.yaml",
      """
      bundle: menu
      summary: Menus.
      version: 1
      port: 3009
      endpoints:
        Show: { route: GET /menu, access: public }

      """)
    try write(".build/debug/libMenuFunctions.so", elf(comment: Workbench.compiler, content: "menu"))
  }

  /// The bundle file of the cart with other content, beside it.
  func spoiled(_ change: (inout [UInt8]) -> Void) throws -> String {
    let file = try makeCart()
    var bytes = try bytes("out/cart-\(file.release).bundle")
    change(&bytes)
    try write("spoiled.bundle", bytes)
    return "\(root)/spoiled.bundle"
  }

  /// Every file and directory in a folder, by relative path.
  func entries(_ path: String) -> [String] {
    (FileManager.default.enumerator(atPath: "\(root)/\(path)")?.compactMap { $0 as? String } ?? []).sorted()
  }
}

let noon = Instant(seconds: 1_780_000_000)

/// The smallest ELF file that says what compiled it; its content stands in for code.
func elf(comment: String, content: String = "") -> [UInt8] {
  let names = Array("\0.comment\0.shstrtab\0.bss\0".utf8)
  let text = Array("GCC: (Debian) 12.2.0\0\(comment)\0".utf8)
  let code = Array(content.utf8)
  let table = 64 + names.count + text.count + code.count
  var file: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 57)
  file.put(table, at: 0x28, bytes: 8)
  file.put(64, at: 0x3A, bytes: 2)
  file.put(4, at: 0x3C, bytes: 2)
  file.put(2, at: 0x3E, bytes: 2)
  file += names + text + code
  file += header(name: 0, type: 0, offset: 0, size: 0)
  file += header(name: 1, type: 1, offset: 64 + names.count, size: text.count)
  file += header(name: 10, type: 3, offset: 64, size: names.count)
  return file + header(name: 20, type: 8, offset: table, size: 1 << 40)
}

private func header(name: Int, type: Int, offset: Int, size: Int) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: 64)
  bytes.put(name, at: 0, bytes: 4)
  bytes.put(type, at: 4, bytes: 4)
  bytes.put(offset, at: 24, bytes: 8)
  bytes.put(size, at: 32, bytes: 8)
  return bytes
}

extension [UInt8] {
  /// Writes a little-endian number.
  mutating func put(_ number: Int, at offset: Int, bytes: Int) {
    for index in 0..<bytes { self[offset + index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
  }
}
