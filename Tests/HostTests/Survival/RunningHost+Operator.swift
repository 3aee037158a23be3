import Deployment
import FaultTesting
import Foundation
import FunctionKit

/// What `GET /deployment` tells.
struct DeploymentView {
  struct Worker: Hashable {
    let processID: Int32
    let generation: Int
  }

  let number: Int
  /// The live release of each bundle.
  let live: [String: String]
  /// The releases on trial.
  let candidates: [String]
  let serving: Set<Worker>
  let quarantined: [String]

  init(_ data: JSON) {
    number = data["number"]?.int ?? 0
    live = Dictionary(
      uniqueKeysWithValues: (data["bundles"]?.array ?? []).map {
        ($0["bundle"]?.string ?? "", $0["release"]?.string ?? "")
      })
    candidates = (data["bundles"]?.array ?? []).compactMap { $0["candidate"]?.string }
    serving = Set(
      (data["workers"]?.array ?? []).filter { $0["state"]?.string == "serving" }.map {
        Worker(processID: Int32($0["pid"]?.int ?? 0), generation: $0["generation"]?.int ?? 0)
      })
    quarantined = (data["quarantined"]?.array ?? []).compactMap { $0["function"]?.string }
  }
}

/// What an operator's program does, without a program: the answers can be looked at as they are.
extension RunningHost {
  func deployment() throws -> DeploymentView {
    DeploymentView(try HTTP.get(port(.admin), "/deployment", headers: HTTP.admin).data)
  }

  func releases() throws -> [String] {
    try HTTP.get(port(.admin), "/releases", headers: HTTP.admin).data.array?.compactMap { $0["release"]?.string } ?? []
  }

  /// Sends a bundle file.
  func upload(
    _ file: [UInt8], to path: String = "/deploy", headers: [String: String] = HTTP.admin
  ) throws -> HTTP.Reply {
    var head = "POST \(path) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: \(file.count)\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    head += "content-type: application/octet-stream\r\n\r\n"
    return try HTTP.parse(HTTP.raw(port(.admin), Array(head.utf8) + file))
  }

  func upload(_ path: String, to route: String = "/deploy") throws -> HTTP.Reply {
    try upload([UInt8](Data(contentsOf: URL(fileURLWithPath: path))), to: route)
  }

  /// Makes the releases of these bundle files, which it has already, live at one moment.
  func apply(_ files: [String]) throws -> HTTP.Reply {
    let entries = try files.map { path in
      let file = try BundleFile.read(path)
      return #""\#(file.index.bundle)":{"release":"\#(file.release)","sha256":"\#(file.sha256)"}"#
    }
    let body = #"{"format":1,"bundles":{\#(entries.joined(separator: ","))}}"#
    return try HTTP.send(port(.admin), "POST", "/deployment/file", headers: HTTP.admin, body: body)
  }

  /// Waits until so many workers serve, and none of those before.
  func waitForWorkers(_ count: Int = 2, otherThan before: Set<Int32> = []) throws {
    try waitUntil("\(count) new workers serve", seconds: 30) {
      let serving = try deployment().serving.map(\.processID)
      return serving.count == count && before.isDisjoint(with: serving)
    }
  }

  /// Workers of this host's state directory that the process which runs now has not started.
  var orphans: [Int32] {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) } ?? []
    let own = Set(workers)
    return processes.filter { process in
      !own.contains(process) && parts(process, "cmdline").dropFirst().first == "worker"
        && parts(process, "environ").contains("LAKOO_STATE=\(state)")
    }
  }

  private func parts(_ process: Int32, _ file: String) -> [Substring] {
    let text = (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/\(file)"))) ?? Data()
    return String(decoding: text, as: UTF8.self).split(separator: "\0").map { $0 }
  }
}
