import Crypto
import FunctionKit

/// Brings a host the bundle files that it lacks.
struct BundleUpload {
  let client: AdminClient
  /// Where files named `<bundle>-<release>.bundle` are.
  let directory: String

  /// Sends nothing unless every file that is needed is there and is the right one.
  /// - Throws: ``Refusal`` that names each file that is not.
  func bring(_ releases: [WantedDeployment.Release]) throws {
    let there = try client.data("GET", "/releases").array ?? []
    let lacking = releases.filter { wanted in !there.contains { $0["release"]?.string == wanted.release } }
    let mistakes = try lacking.compactMap(mistake)
    guard mistakes.isEmpty else { throw Refusal(mistakes.joined(separator: "\n"), exitCode: 2) }
    for release in lacking { _ = try client.data(.upload(LocalFile.read(path(release)), to: "/releases")) }
  }

  private func path(_ wanted: WantedDeployment.Release) -> String {
    "\(directory)/\(wanted.bundle)-\(wanted.release).bundle"
  }

  private func mistake(_ wanted: WantedDeployment.Release) throws -> String? {
    let path = path(wanted)
    guard LocalFile.exists(path) else {
      return "\(path) is missing and the host lacks it, too; make it with 'lakoo build \(wanted.bundle)' where its "
        + "source is as it was, or copy it here"
    }
    guard try hexString(sha256(LocalFile.read(path))) != wanted.sha256 else { return nil }
    return "\(path) is not the file that the deployment names; its SHA-256 should be \(wanted.sha256)"
  }
}
