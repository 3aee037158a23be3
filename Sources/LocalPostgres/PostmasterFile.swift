private import Glibc

/// What a running postmaster says about itself in its data directory.
struct PostmasterFile {
  let processID: Int32
  let isReady: Bool

  init?(_ layout: Layout) {
    guard let text = text(ofFile: layout.cluster + "/postmaster.pid") else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, let processID = Int32(first), processID > 1 else { return nil }
    self.processID = processID
    isReady = lines.count > 7 && lines[7].prefix { $0 != " " } == "ready"
  }
}

/// Whether the process is the postmaster of this cluster and not one that got the number of a dead postmaster.
func isPostmaster(_ processID: Int32, of layout: Layout) -> Bool {
  guard let status = FileStatus("/proc/\(processID)"), status.owner == layout.account.id else { return false }
  let words = commandLine(processID)
  return isServer(words) && words.contains(layout.cluster)
}

/// Removes the file of a dead postmaster whose number another program got, for PostgreSQL would take that for a server
/// and refuse to start.
func removeStaleFile(of layout: Layout) throws(LocalPostgresError) {
  guard let processID = PostmasterFile(layout)?.processID else { return }
  let words = commandLine(processID)
  guard !words.isEmpty, !isServer(words) else { return }
  let path = layout.cluster + "/postmaster.pid"
  guard unsafe unlink(path) == 0 else {
    throw LocalPostgresError(.startFailed, "can't remove the stale \(path): \(lastFailure()); remove it by hand")
  }
}

private func commandLine(_ processID: Int32) -> [String] {
  text(ofFile: "/proc/\(processID)/cmdline")?.split(separator: "\0").map(String.init) ?? []
}

private func isServer(_ commandLine: [String]) -> Bool {
  guard let program = commandLine.first else { return false }
  return program.hasPrefix("postgres:") || program.hasSuffix("postgres") || program.hasSuffix("postmaster")
}
