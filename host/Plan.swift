import FunctionKit
import Gateway
import Manifest
import Runtime

/// What is to run, checked as far as it can be without starting anything.
struct Plan: Sendable {
  struct Bundle: Sendable {
    let manifest: BundleManifest
    let functions: [Registered]
  }

  let bundles: [Bundle]
  let host: HostManifest
  let secrets: [String: String]

  /// - Throws: ``Refusal`` with exit code 2 and every mistake, each with its file, line and column.
  static func read(_ settings: Settings) throws -> Plan {
    let set = try manifests(settings)
    let wanted = set.bundles.filter { !($0.isDevelopmentOnly && settings.isProduction) }
    let bundles = try load(wanted, settings)
    let secrets = try Secrets(settings, needed: needed(wanted))
    return Plan(bundles: bundles, host: set.host, secrets: secrets.values)
  }

  private static func manifests(_ settings: Settings) throws -> ManifestSet {
    let set: ManifestSet
    do { set = try loadManifests(directory: "\(settings.root)/manifests") } catch {
      throw Refusal("\(error)", exitCode: 2)
    }
    try refuse(set.diagnostics)
    return set
  }

  private static func load(_ manifests: [BundleManifest], _ settings: Settings) throws -> [Bundle] {
    let loader = BundleLoader(directory: settings.libraryDirectory)
    var bundles: [Bundle] = []
    var mistakes: [Diagnostic] = []
    for manifest in manifests {
      do {
        let functions = try loader.load(manifest)
        mistakes += checkLibrary(manifest, functions: functions.map { ($0.name, $0.kind.rawValue) })
        bundles.append(Bundle(manifest: manifest, functions: functions))
      } catch {
        throw Refusal("\(error)", exitCode: 2)
      }
    }
    try refuse(mistakes)
    return bundles
  }

  private static func refuse(_ mistakes: [Diagnostic]) throws {
    guard !mistakes.isEmpty else { return }
    throw Refusal(mistakes.map(\.description).joined(separator: "\n"), exitCode: 2)
  }

  private static func needed(_ manifests: [BundleManifest]) -> Set<String> {
    var names = Set(Secrets.ofHost)
    for manifest in manifests {
      names.formUnion(manifest.needs.secrets)
      for case .webhook(let webhook) in manifest.functions.map(\.trigger) {
        names.insert(webhook.verification.secretName)
      }
    }
    return names
  }
}
