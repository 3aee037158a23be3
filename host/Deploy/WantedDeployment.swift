import FunctionKit

/// A deployment file: which release of each bundle is to be live.
struct WantedDeployment {
  struct Release: Equatable {
    let bundle: String
    let release: String
    let sha256: String
  }

  /// As it was read, for the host to check.
  let json: JSON
  let releases: [Release]

  /// - Throws: ``Refusal`` with exit code 2 for a file that is none.
  init(path: String) throws {
    let bytes = try LocalFile.read(path)
    do { json = try JSON.parse(bytes) } catch {
      throw Refusal("\(path) is no deployment file: \(error)", exitCode: 2)
    }
    guard let bundles = json["bundles"]?.object else {
      throw Refusal("\(path) is no deployment file; 'lakoo deployment export -o \(path)' writes one", exitCode: 2)
    }
    releases = try bundles.members.map { name, entry in
      guard let release = entry["release"]?.string, let sha256 = entry["sha256"]?.string else {
        throw Refusal("\(path): bundle \(name) needs its release and sha256", exitCode: 2)
      }
      return Release(bundle: name, release: release, sha256: sha256)
    }
  }
}
