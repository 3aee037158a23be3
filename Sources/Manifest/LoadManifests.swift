internal import Foundation

/// All the manifests of one directory. They are fit to run only if `diagnostics` is empty.
public struct ManifestSet: Sendable, Equatable {
  /// The bundles to load that are free of mistakes in themselves, in order of name.
  public let bundles: [BundleManifest]
  public let host: HostManifest
  public let diagnostics: [Diagnostic]
}

/// The directory itself can't be read, so that there is no file to point at.
public struct ManifestDirectoryError: Error, Hashable, CustomStringConvertible {
  public let directory: String
  public let reason: String
  public var description: String { "can't read the manifests in \(directory): \(reason)" }
}

/// Reads every `*.yaml` of a directory, and checks what no file can tell alone: ports, databases and routes used twice,
/// services that are nowhere.
/// - Parameter isElsewhere: whether a service has an address of its own outside of the deployment.
public func loadManifests(
  directory: String, isElsewhere: (String) -> Bool = { _ in false }
) throws(ManifestDirectoryError) -> ManifestSet {
  let files = try yamlFiles(in: directory)
  var diagnostics: [Diagnostic] = []
  var host: HostSource?
  var bundles: [BundleManifest] = []
  for file in files {
    guard let yaml = try? String(contentsOfFile: "\(directory)/\(file)", encoding: .utf8) else {
      diagnostics.append(Diagnostic(file: file, at: .start, "can't be read as UTF-8 text"))
      continue
    }
    if file == "host.yaml" {
      let parsed = parseHost(yaml: yaml, file: file)
      diagnostics += parsed.diagnostics
      host = parsed.manifest.map { HostSource(manifest: $0, yaml: yaml) }
    } else {
      let parsed = parseBundle(yaml: yaml, file: file)
      diagnostics += parsed.diagnostics
      bundles += parsed.manifest.map { [$0] } ?? []
    }
  }
  return ManifestSet(parsed: bundles, files: files, host: host, diagnostics, isElsewhere)
}

/// The host's manifest with its text, in which a later check finds the place of a bundle's name.
private struct HostSource {
  let manifest: HostManifest
  let yaml: String

  func position(of name: String, in key: String) -> Position {
    let root = readYAML(yaml, Mistakes(file: ""))
    let names = root?.map?.first { $0.key == key }?.value.list
    return names?.first { $0.text == name }?.position ?? .start
  }
}

extension ManifestSet {
  fileprivate init(
    parsed: [BundleManifest], files: [String], host: HostSource?, _ diagnostics: [Diagnostic],
    _ isElsewhere: (String) -> Bool
  ) {
    let chosen = host?.manifest.bundles.map(Set.init)
    bundles = parsed.filter { chosen?.contains($0.name) ?? true }
    self.host = host?.manifest ?? HostManifest()
    let names = files.filter { $0 != "host.yaml" }.map { String($0.dropLast(5)) }
    let absent = (host?.manifest.bundles ?? []).filter { !names.contains($0) }.map { name in
      let text = "no manifest '\(name).yaml' for the bundle '\(name)'\(hint(for: name, among: names))"
      return Diagnostic(file: "host.yaml", at: host?.position(of: name, in: "bundles") ?? .start, text)
    }
    let built = self.host.planned.filter(names.contains).map { name in
      let text = "'\(name)' is planned, but its manifest '\(name).yaml' is here; take it out of the list"
      return Diagnostic(file: "host.yaml", at: host?.position(of: name, in: "planned") ?? .start, text)
    }
    self.diagnostics = inOrder(
      diagnostics + absent + built + checkTogether(bundles, host: self.host, isElsewhere: isElsewhere))
  }
}

private func yamlFiles(in directory: String) throws(ManifestDirectoryError) -> [String] {
  let files: [String]
  do {
    files = try FileManager.default.contentsOfDirectory(atPath: directory)
  } catch {
    throw ManifestDirectoryError(directory: directory, reason: error.localizedDescription)
  }
  return files.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
}
