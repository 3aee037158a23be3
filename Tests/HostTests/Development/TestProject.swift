import EventLoop
import Foundation
import FunctionKit
import LoopTesting

@testable import lakoo

/// A project in a folder of its own, watched by a development loop whose compiler is a script.
final class TestProject: Sendable {
  enum Happening: Equatable { case deployed(String), logged(String) }

  let root: String
  private let loop: LoopLocal<DevelopmentLoop?>
  private let state: LoopLocal<State>

  private struct State {
    var happenings: [Happening] = []
    /// How many of them a test has waited for already.
    var seen = 0
    var refusal: String?
    var waiter: (Happening, CheckedContinuation<Void, Never>)?
  }

  init(_ eventLoop: EventLoop, swift: String) throws {
    root = "/tmp/lakoo-project-\(UUID().uuidString)"
    loop = LoopLocal(eventLoop, nil)
    state = LoopLocal(eventLoop, State())
    for folder in ["functions/payment/Migrations", "manifests/events", "Sources/FunctionKit"] {
      try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
    }
    try Self.compiler.write(toFile: "\(root)/build", atomically: false, encoding: .utf8)
    var settings = try Settings.read(root: root, variables: [:])
    settings.libraryDirectory = "\(root)/.build-x/x86_64-unknown-linux-gnu/debug"
    var build = FunctionBuild(settings)!
    build.swift = swift
    loop.value = DevelopmentLoop(
      eventLoop, build: build, tree: ProjectTree(settings), deploy: { [weak self] in try self?.deploy($0) },
      log: { [weak self] in self?.note(.logged($1)) })
    try loop.value?.start()
  }

  /// What the shell finds where `swift` has a command: the file `build`. It writes down how it was called, refuses source
  /// that says `broken`, and takes for ever over what says `slow`. A program just written could not be started: another
  /// test's child may still hold it open for writing.
  private static let compiler = """
    echo "$*" >> builds.txt
    grep -q slow functions/payment/Pay.swift && exec sleep 600
    grep -q broken functions/payment/Pay.swift || exit 0
    for time in 1 2; do echo "$PWD/functions/payment/Pay.swift:1:1: error: cannot find 'broken' in scope"; done
    exit 1
    """

  func stop() async { await loop.value?.stop() }

  func save(_ path: String, _ text: String) throws {
    try text.write(toFile: "\(root)/\(path)", atomically: true, encoding: .utf8)
  }

  func builds() -> [String] {
    let text = (try? String(contentsOfFile: "\(root)/builds.txt", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  var refusal: String? {
    get { state.value.refusal }
    set { state.value.refusal = newValue }
  }

  var logged: [String] {
    state.value.happenings.compactMap { if case .logged(let line) = $0 { line } else { nil } }
  }

  var deployed: [String] {
    state.value.happenings.compactMap { if case .deployed(let bundle) = $0 { bundle } else { nil } }
  }

  /// Returns when it has happened since the last wait.
  func until(_ happening: Happening) async {
    if let index = state.value.happenings[state.value.seen...].firstIndex(of: happening) {
      state.value.seen = index + 1
      return
    }
    await withCheckedContinuation { state.value.waiter = (happening, $0) }
    state.value.seen = state.value.happenings.count
  }

  private func deploy(_ bundle: String) throws {
    if let refusal { throw Refusal(refusal, exitCode: 1) }
    note(.deployed(bundle))
  }

  private func note(_ happening: Happening) {
    state.value.happenings.append(happening)
    guard let (awaited, continuation) = state.value.waiter, awaited == happening else { return }
    state.value.waiter = nil
    continuation.resume()
  }
}

/// The body runs on the loop that watches the project.
func withProject(
  swift: String = "/bin/sh", _ body: @escaping @Sendable (TestProject) async throws -> Void
) async throws {
  try await withLoop { loop in
    let project = try TestProject(loop, swift: swift)
    defer { try? FileManager.default.removeItem(atPath: project.root) }
    try await body(project)
    await project.stop()
  }
}
