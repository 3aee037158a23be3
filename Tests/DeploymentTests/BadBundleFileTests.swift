import FunctionKit
import Testing

@testable import Deployment

@Suite struct `A bundle file that is refused` {
  @Test(arguments: [[], Array("bundle: cart\n".utf8), [UInt8](repeating: 0, count: 4096), Array("bundle.yaml".utf8)])
  func `is none at all`(content: [UInt8]) throws {
    let bench = try Workbench()
    let error = try refusal(bench.spoiled { $0 = content })
    #expect(error.code == .notABundle)
    #expect(error.message == "spoiled.bundle is not a bundle file; make one with 'lakoo build'")
  }

  @Test func `is not there`() throws {
    let error = try refusal("/tmp/no such.bundle")
    #expect(error.code == .unreadable)
    #expect(
      error.message
        == "can't open /tmp/no such.bundle: no such file or directory; name a file that 'lakoo build' has made")
  }

  @Test(arguments: [100, 512, 600, 1024, 2048, 4096, 6000]) func `was cut off`(length: Int) throws {
    let bench = try Workbench()
    var size = 0
    let error = try refusal(
      bench.spoiled {
        size = $0.count
        $0 = Array($0.prefix(length))
      })
    #expect(error.code == .truncated)
    #expect(error.message.hasPrefix("spoiled.bundle ends after \(grouped(length)) of "))
    #expect(error.message.hasSuffix(" bytes; send it again"))
    if length >= 4096 { #expect(error.message.contains("of \(grouped(size)) bytes")) }
  }

  @Test func `was cut off anywhere, or has any byte changed`() throws {
    let bench = try Workbench()
    let file = try bench.makeCart()
    let bytes = try bench.bytes("out/cart-\(file.release).bundle")
    for length in stride(from: 0, to: bytes.count, by: 97) {
      try bench.write("spoiled.bundle", Array(bytes.prefix(length)))
      #expect(throws: BundleFileError.self) { try BundleFile.read("\(bench.root)/spoiled.bundle") }
    }
    for offset in stride(from: file.indexSize + 1024, to: bytes.count, by: 61) {
      var changed = bytes
      changed[offset] ^= 0x10
      try bench.write("spoiled.bundle", changed)
      #expect(throws: BundleFileError.self) { try BundleFile.read("\(bench.root)/spoiled.bundle") }
    }
  }

  @Test func `has an entry that is not what the index says`() throws {
    let bench = try Workbench()
    let error = try refusal(
      bench.spoiled { bytes in
        let line = Array("create table line".utf8)
        let place = bytes.indices.first { bytes[$0...].starts(with: line) }!
        bytes[place] = UInt8(ascii: "C")
      })
    #expect(error.code == .damaged)
    #expect(error.message.hasPrefix("functions/cart/Migrations/0001_lines.sql in spoiled.bundle has the SHA-256 "))
    #expect(error.message.hasSuffix("…; send it again"))
  }

  @Test func `has something behind its end`() throws {
    let bench = try Workbench()
    let error = try refusal(bench.spoiled { $0 += [1, 2, 3] })
    #expect(error.code == .damaged)
    #expect(error.message.hasSuffix("; send it again"))
  }

  @Test func `is of another format`() throws {
    let error = try refusal { $0["format"] = 2 }
    #expect(error.code == .unknownFormat)
    #expect(
      error.message
        == "spoiled.bundle has format 2, and this lakoo reads format 1; build it with the same version of lakoo as the "
        + "host has")
  }

  @Test(arguments: [
    "../../etc/passwd", "/etc/passwd", "functions/cart/../../x", "functions/cart//x", "functions/cart/./x",
    "functions/cart/a\\b", "functions/cart/a\nb", "functions/wallet/Migrations/0001_a.sql", "lib/libFunctionKit.so",
    "manifests/wallet.yaml", "manifests/host.yaml", "manifests/events/a/b.yaml", "functions/cart/", "",
  ]) func `holds what is not its own`(path: String) throws {
    let error = try refusal { index in
      var files = index["files"]!.array!
      files.insert(["path": .string(path), "size": 0, "sha256": ""], at: 0)
      index["files"] = .array(files)
    }
    #expect(error.code == .foreignPath)
    #expect(error.message.hasPrefix("spoiled.bundle lists '\(path)', and a bundle file of cart may only hold"))
  }

  @Test(arguments: ["lib/libCartFunctions.so", "manifests/cart.yaml"])
  func `lacks its library or its manifest`(path: String) throws {
    let error = try refusal { index in
      index["files"] = .array(index["files"]!.array!.filter { $0["path"]?.string != path })
    }
    #expect(error.code == .incomplete)
    #expect(error.message.contains(path))
    #expect(error.message.hasSuffix("; build it again with 'lakoo build cart'"))
  }

  @Test func `lists a file twice`() throws {
    let error = try refusal { index in
      let files = index["files"]!.array!
      index["files"] = .array(Array(files.prefix(1)) + files)
    }
    #expect(error.code == .damaged)
  }

  @Test(arguments: ["host", "../cart", "Cart", ""]) func `is of no possible bundle`(name: String) throws {
    let error = try refusal { $0["bundle"] = .string(name) }
    #expect(error.code == .notABundle)
  }

  @Test(arguments: [-1, 1 << 40, Int.max]) func `has an entry of an impossible size`(size: Int) throws {
    let error = try refusal { index in
      var files = index["files"]!.array!
      var object = files[0].object!
      object["size"] = JSON.number(JSONNumber(size))
      files[0] = .object(object)
      index["files"] = .array(files)
    }
    #expect(error.code == .damaged)
  }

  @Test func `has an index without what is needed`() throws {
    let error = try refusal { $0["kit"] = nil }
    #expect(error.code == .damaged)
    #expect(error.message.contains("kit"))
  }

  private func refusal(_ path: String) throws -> BundleFileError {
    try #require(throws: BundleFileError.self) { try BundleFile.read(path) }
  }

  /// What is said of the cart's bundle file when its index is changed.
  private func refusal(_ change: (inout JSONObject) -> Void) throws -> BundleFileError {
    let bench = try Workbench()
    let file = try bench.makeCart()
    let bytes = try bench.bytes("out/cart-\(file.release).bundle")
    var index = try JSON.parse(Array(bytes[512..<512 + file.indexSize])).object!
    change(&index)
    let text = JSON.object(index).serialized()
    let padding = [UInt8](repeating: 0, count: TarHeader.padding(text.count))
    let rest = bytes[TarHeader.room(file.indexSize)...]
    try bench.write("spoiled.bundle", TarHeader(path: "bundle.json", size: text.count)!.bytes + text + padding + rest)
    return try refusal("\(bench.root)/spoiled.bundle")
  }
}
