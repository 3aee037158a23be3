private import Foundation

extension RunningHost {
  /// The processes that run functions now.
  public var workers: [Int32] {
    let path = "/proc/\(processID)/task/\(processID)/children"
    let children = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: " ").compactMap { Int32($0) }
    return (children ?? []).filter { child in
      let line = (try? String(contentsOfFile: "/proc/\(child)/cmdline", encoding: .utf8)) ?? ""
      return line.split(separator: "\0").dropFirst().first == "worker"
    }
  }

  /// Kills it, and everything that runs functions, without a chance to tidy up.
  public func kill9() {
    let workers = workers
    signal(SIGKILL)
    for worker in workers { kill(worker, SIGKILL) }
    wait()
  }
}
