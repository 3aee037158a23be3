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
    let set: ManifestSet
    do { set = try loadManifests(directory: "\(settings.root)/manifests") { settings.serviceURL($0) != nil } } catch {
      throw Refusal("\(error)", exitCode: 2)
    }
    let wanted = set.bundles.filter { !($0.isDevelopmentOnly && settings.isProduction) }
    var mistakes = set.diagnostics.map(\.description)
    let bundles = load(wanted, settings, &mistakes)
    guard mistakes.isEmpty else { throw Refusal(mistakes.joined(separator: "\n"), exitCode: 2) }
    return Plan(bundles: bundles, host: set.host, secrets: try secrets(of: wanted, settings))
  }

  /// Opens the libraries of the manifests that are in order, and notes what does not fit.
  private static func load(_ manifests: [BundleManifest], _ settings: Settings, _ mistakes: inout [String]) -> [Bundle]
  {
    let loader = BundleLoader(directory: settings.libraryDirectory)
    var bundles: [Bundle] = []
    for manifest in manifests {
      do {
        let functions = try loader.load(manifest)
        mistakes += checkLibrary(manifest, functions: functions.map { ($0.name, $0.kind.rawValue) }).map(\.description)
        bundles.append(Bundle(manifest: manifest, functions: functions))
      } catch {
        mistakes.append("\(error)")
      }
    }
    return bundles
  }

  private static func secrets(of manifests: [BundleManifest], _ settings: Settings) throws -> [String: String] {
    let needed = Set(Secrets.ofHost).union(manifests.flatMap(\.needs.secrets))
    let verifying = manifests.flatMap { manifest in
      manifest.functions.compactMap { function -> VerifyingSecret? in
        guard case .webhook(let webhook) = function.trigger else { return nil }
        return VerifyingSecret(verification: webhook.verification, file: manifest.file)
      }
    }
    return try Secrets(settings, needed: needed, verifying: verifying).values
  }
}
