import EventLoop
import Foundation
import LoopTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct `A watcher of files` {
  @Test(arguments: ["make", "change", "move", "remove"]) func `tells of what becomes of a file`(verb: String)
    async throws
  {
    try await withFolder { folder in
      let path = "\(folder)/a.swift"
      if verb != "make" { try write("1", to: path) }
      let seen = try await watching(folder) { watch in
        switch verb {
        case "make", "change": try write("2", to: path)
        case "move": try FileManager.default.moveItem(atPath: path, toPath: "\(folder)/b.swift")
        default: try FileManager.default.removeItem(atPath: path)
        }
        try await watch.until(path)
        if verb == "move" { try await watch.until("\(folder)/b.swift") }
      }
      #expect(Set(seen).subtracting(["\(folder)/b.swift"]) == [path])
    }
  }

  @Test func `looks into folders that are there, and into those that are made later`() async throws {
    try await withFolder { folder in
      try makeFolder("\(folder)/old/inner")
      _ = try await watching(folder) { watch in
        try write("1", to: "\(folder)/old/inner/a.swift")
        try await watch.until("\(folder)/old/inner/a.swift")
        try makeFolder("\(folder)/new/inner")
        try write("1", to: "\(folder)/new/inner/b.swift")
        try await watch.until("\(folder)/new/inner/b.swift")
        try write("1", to: "\(folder)/new/c.swift")
        try await watch.until("\(folder)/new/c.swift")
      }
    }
  }

  @Test func `follows a folder to its new name, and takes another one of the old name for what it is`() async throws {
    try await withFolder { folder in
      try makeFolder("\(folder)/one")
      try write("1", to: "\(folder)/one/z.swift")
      _ = try await watching(folder) { watch in
        try FileManager.default.moveItem(atPath: "\(folder)/one", toPath: "\(folder)/two")
        try await watch.until("\(folder)/one/")
        try await watch.until("\(folder)/two/z.swift")
        try makeFolder("\(folder)/one")
        try write("1", to: "\(folder)/two/a.swift")
        try await watch.until("\(folder)/two/a.swift")
        try write("1", to: "\(folder)/one/b.swift")
        try await watch.until("\(folder)/one/b.swift")
      }
    }
  }

  @Test func `is silent once it is closed`() async throws {
    try await withFolder { folder in
      let silent = try await withLoop { loop in
        let closed = try Watch(loop, folder)
        closed.close()
        let open = try Watch(loop, folder)
        try write("1", to: "\(folder)/a.swift")
        try await open.until("\(folder)/a.swift")
        open.close()
        return closed.all.isEmpty
      }
      #expect(silent)
    }
  }

  @Test func `refuses a folder that is missing, by its name`() async throws {
    try await withLoop { loop in
      let error = #expect(throws: LoopError.self) {
        _ = try FileWatcher(loop, folders: ["/no/such/folder"], onChange: { _ in }, onFailure: { _ in })
      }
      #expect(error?.code == "ENOENT")
      #expect(error?.message.contains("/no/such/folder") == true)
    }
  }

  private func watching(_ folder: String, _ body: @escaping @Sendable (Watch) async throws -> Void) async throws
    -> [String]
  {
    try await withLoop { loop in
      let watch = try Watch(loop, folder)
      defer { watch.close() }
      try await body(watch)
      return watch.all
    }
  }
}

/// What a watcher has told, to wait for.
private final class Watch: Sendable {
  private let state: LoopLocal<State>
  private let watcher: LoopLocal<FileWatcher?>

  private struct State {
    var all: [String] = []
    var fresh: [String] = []
    var waiter: (path: String, continuation: CheckedContinuation<Void, Never>)?
  }

  init(_ loop: EventLoop, _ folder: String) throws {
    state = LoopLocal(loop, State())
    watcher = LoopLocal(loop, nil)
    watcher.value = try FileWatcher(
      loop, folders: [folder], onChange: { [weak self] in self?.told($0) }, onFailure: { Issue.record($0) })
  }

  var all: [String] { state.value.all }
  func close() { watcher.value?.close() }

  /// Returns when the path has been told of since the last wait.
  func until(_ path: String) async throws {
    if !state.value.fresh.contains(path) {
      await withCheckedContinuation { state.value.waiter = (path, $0) }
    }
    state.value.fresh = state.value.fresh.filter { $0 != path }
  }

  private func told(_ path: String) {
    state.value.all.append(path)
    state.value.fresh.append(path)
    guard let waiter = state.value.waiter, waiter.path == path else { return }
    state.value.waiter = nil
    waiter.continuation.resume()
  }
}

private func withFolder(_ body: (String) async throws -> Void) async throws {
  let folder = "/tmp/lakoo-watch-\(UUID().uuidString)"
  try makeFolder(folder)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try await body(folder)
}

private func makeFolder(_ path: String) throws {
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
}

private func write(_ text: String, to path: String) throws {
  try text.write(toFile: path, atomically: false, encoding: .utf8)
}
