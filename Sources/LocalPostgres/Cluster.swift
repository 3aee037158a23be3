internal import EventLoop
private import FoundationEssentials

/// The cluster's files: there completely or not at all.
struct Cluster {
  let layout: Layout
  let installation: Installation

  /// Uses the cluster that is there, or makes one in a directory beside it and renames that when it is complete: a host
  /// killed in between leaves nothing that looks like a cluster.
  func prepare(on loop: EventLoop) async throws {
    try await removeLeftovers(on: loop)
    if FileStatus(layout.cluster) == nil { try await create(on: loop) }
    try checkOwner()
    if layout.socketDirectory != layout.cluster {
      try PrivateDirectory.make(layout.socketDirectory, for: layout.account)
    }
  }

  private func create(on loop: EventLoop) async throws {
    let draft = "\(layout.cluster).new-\(UInt32.random(in: 0 ... .max))"
    try PrivateDirectory.make(draft, for: layout.account)
    do {
      try await initialize(draft, on: loop)
      try FileManager.default.moveItem(atPath: draft, toPath: layout.cluster)
      syncDirectory(layout.parent)
    } catch {
      try await removeLeftovers(on: loop)
      throw error
    }
  }

  private func initialize(_ directory: String, on loop: EventLoop) async throws {
    let arguments = [
      "-D", directory, "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
      "--auth-local=trust", "--auth-host=reject", "--no-instructions",
    ]
    let options = installation.options(installation.initdb, arguments, as: layout.account)
    let (status, output) = try await ChildProcess.run(options, on: loop)
    try Task.checkCancellation()
    guard status == 0 else {
      throw LocalPostgresError(
        .initialization,
        "initdb could not make the cluster \(layout.cluster) (exit status \(status)); free space and permissions are "
          + "the usual reasons. It said:\n\(lastLines(of: output))")
    }
  }

  /// Removes half-made clusters. One that resists, because its `initdb` still runs, goes at the next start.
  private func removeLeftovers(on loop: EventLoop) async throws {
    let prefix = layout.cluster.dropFirst(layout.parent.count + 1) + ".new-"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: layout.parent)) ?? []
    let leftovers = names.filter { $0.hasPrefix(prefix) }.map { "\(layout.parent)/\($0)" }
    guard !leftovers.isEmpty else { return }
    try await loop.offload { for path in leftovers { try? FileManager.default.removeItem(atPath: path) } }
  }

  private func checkOwner() throws {
    guard let status = FileStatus(layout.cluster), status.isDirectory, status.owner == layout.account.id else {
      throw LocalPostgresError(
        .directory,
        "the cluster \(layout.cluster) does not belong to user \(layout.account.id), who runs PostgreSQL here; "
          + "start the host as the user who made it, or set LAKOO_STATE to another directory")
    }
  }
}

/// The end of a program's output, for an error message.
func lastLines(of text: String, _ count: Int = 10) -> String {
  text.split(separator: "\n").suffix(count).joined(separator: "\n")
}
