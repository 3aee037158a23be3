import Deployment
import FaultTesting
import Foundation
import FunctionKit
import Testing

/// `lakoo build` on a copy of the project that has the libraries of this build.
@Suite struct `Making bundle files` {
  @Test func `prints where each is, and what they hold is in order for a worker`() throws {
    let copy = try ProjectCopy()
    let (status, output) = try copy.lakoo(["build", "--skip-build", "-c", "debug"])
    #expect(status == 0, "\(output)")
    let files = try output.split(separator: "\n").map { line in
      try BundleFile.read(String(line.prefix { $0 != " " }))
    }
    #expect(files.map(\.index.bundle) == ["address", "notification", "payment", "sandbox", "wallet"])
    for file in files {
      #expect(
        output.contains("\(file.index.bundle)-\(file.release).bundle  release \(file.release)  \(file.size) bytes"))
    }
    let checked = try check(files, copy)
    #expect(checked.output == "5 bundles are in order: address, notification, payment, sandbox, wallet\n")
  }

  @Test func `of a bundle that does not exist, or was not compiled, says so`() throws {
    let copy = try ProjectCopy()
    let unknown = try copy.lakoo(["build", "--skip-build", "paymant"])
    #expect(unknown.status == 1)
    #expect(unknown.output.hasPrefix("there is no manifest \(copy.root)/manifests/paymant.yaml"), "\(unknown.output)")
    let missing = try copy.lakoo(["build", "--skip-build", "-c", "release", "payment"])
    #expect(missing.status == 1)
    #expect(missing.output.contains("libPaymentFunctions.so, the library of payment, is not there; build it with"))
  }

  /// Lets the program, standing beside the run root's libraries as a worker would, read and open all of it.
  private func check(_ files: [BundleFile], _ copy: borrowing ProjectCopy) throws -> (status: Int32, output: String) {
    let store = ReleaseStore(directory: "\(copy.root)/state/releases")
    for file in files { try store.add(file: file.path, at: Instant(seconds: 1)) }
    let releases = Dictionary(uniqueKeysWithValues: files.map { ($0.index.bundle, $0.release) })
    let host = try Data(contentsOf: URL(fileURLWithPath: "\(copy.root)/manifests/host.yaml"))
    let root = "\(copy.root)/state/run/1"
    try RunRoot.assemble(releases, from: store, host: [UInt8](host), in: root)
    let program = "\(root)/lib/lakoo"
    // By another process: what this one has open for writing, a child of another test would keep open for a moment.
    _ = try copy.run("/bin/cp", [RunningHost.buildDirectory + "/lakoo", program], [:])
    return try copy.run(program, ["check", "--root", root], ["LD_LIBRARY_PATH": RunningHost.buildDirectory])
  }
}
