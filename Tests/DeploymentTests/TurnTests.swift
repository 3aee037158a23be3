import Foundation
import Testing

@testable import Deployment

/// What several threads do here, several processes do with the same effect: the kernel lets one at a time.
@Suite struct `Several who write at the same time` {
  @Test func `to one folder all find their own bundle file there, whole`() async throws {
    let bench = try Workbench()
    let trees = try (0..<8).map { index in
      try bench.addCart(code: "code \(index)")
      let libraries = "\(bench.root)/build\(index)"
      try FileManager.default.copyItem(atPath: bench.libraries, toPath: libraries)
      return PackageTree(root: bench.root, libraryDirectory: libraries)
    }
    let output = bench.output
    let written = try await atOnce(trees) { try $0.write("cart", into: output) }
    #expect(Set(written.map(\.release)).count == 8)
    for file in written { #expect(try BundleFile.read(file.path) == file) }
    #expect(bench.entries("out").count == 8)
  }

  @Test func `to one store all find their release there`() async throws {
    let bench = try Workbench()
    let files = try (0..<8).map { index in
      try bench.addCart(code: "code \(index / 2)")
      return try bench.tree.write("cart", into: "\(bench.root)/out\(index)")
    }
    let store = bench.store
    let added = try await atOnce(files) { try store.add(file: $0.path, at: noon) }
    #expect(added.count { $0.isNew } == 4)
    for file in files {
      #expect(try BundleFile.read(store.file(of: file.release)).sha256 == file.sha256)
    }
    #expect(Set(store.list().map(\.release)) == Set(files.map(\.release)))
  }

  private func atOnce<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ work: @escaping @Sendable (Item) throws -> Result
  ) async throws -> [Result] {
    try await withThrowingTaskGroup(of: Result.self) { group in
      for item in items {
        group.addTask {
          try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Swift.Result { try work(item) }) }
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }
}
