import FunctionKit
import Gateway
import Manifest
import Runtime
import TLS

/// What is to run, checked as far as it can be without starting anything.
struct Plan: Sendable {
  struct Bundle: Sendable {
    let manifest: BundleManifest
    let functions: [Registered]
    /// As it is called in crash reports and of events that failed.
    let release: String
  }

  /// What is loaded.
  let bundles: [Bundle]
  /// Of every bundle of the deployment.
  let manifests: [BundleManifest]
  let host: HostManifest
  let events: EventCatalogue?
  let secrets: [String: String]
  let tls: TLSSource?

  /// - Parameters:
  ///   - only: the one bundle that is to be loaded; nil for all.
  ///   - releases: of each bundle, where it runs from releases.
  ///   - kept: the gateway's certificate, in the place of files that can't be used.
  /// - Throws: ``Refusal`` with exit code 2 and every mistake, each with its file, line and column.
  static func read(
    _ settings: Settings, only: String? = nil, releases: [String: String] = [:], orElse kept: PEMPair? = nil
  ) throws -> Plan {
    let set = try manifests(settings)
    let wanted = wanted(set, settings)
    var mistakes = set.diagnostics.map(\.description)
    let loaded = wanted.filter { only == nil || $0.name == only }
    let bundles = load(loaded, settings, releases, &mistakes)
    guard mistakes.isEmpty else { throw Refusal(mistakes.joined(separator: "\n"), exitCode: 2) }
    let secrets = try secrets(of: loaded, settings)
    return Plan(
      bundles: bundles, manifests: wanted, host: set.host, events: set.events, secrets: secrets,
      tls: try tlsSource(set.host, orElse: kept))
  }

  /// - Parameter root: the folder that holds `manifests`; the project's own when not said.
  static func manifests(_ settings: Settings, at root: String? = nil) throws -> ManifestSet {
    do {
      return try loadManifests(directory: "\(root ?? settings.root)/manifests") { settings.serviceURL($0) != nil }
    } catch {
      throw Refusal("\(error)", exitCode: 2)
    }
  }

  /// - Throws: ``Refusal`` with exit code 2 and every mistake.
  static func soundManifests(_ settings: Settings, at root: String) throws -> ManifestSet {
    let set = try manifests(settings, at: root)
    guard set.diagnostics.isEmpty else {
      throw Refusal(set.diagnostics.map(\.description).joined(separator: "\n"), exitCode: 2)
    }
    return set
  }

  /// Finds what can be known of the project before anything is started or written.
  /// - Throws: ``Refusal`` with exit code 2 and every mistake of the manifests, or of the secrets.
  static func check(_ settings: Settings) throws {
    let set = try soundManifests(settings, at: settings.root)
    _ = try TokenRules(set.host, secrets(of: wanted(set, settings), settings))
    _ = try tlsSource(set.host)
  }

  static func wanted(_ set: ManifestSet, _ settings: Settings) -> [BundleManifest] {
    set.bundles.filter { !($0.isDevelopmentOnly && settings.isProduction) }
  }

  /// Opens the libraries of the manifests that are in order, and notes what does not fit.
  private static func load(
    _ manifests: [BundleManifest], _ settings: Settings, _ releases: [String: String], _ mistakes: inout [String]
  ) -> [Bundle] {
    let loader = BundleLoader(directory: settings.libraryDirectory)
    var bundles: [Bundle] = []
    for manifest in manifests {
      do {
        let functions = try loader.load(manifest)
        mistakes += checkLibrary(manifest, functions: functions.map { ($0.name, $0.kind.rawValue) }).map(\.description)
        bundles.append(Bundle(manifest: manifest, functions: functions, release: releases[manifest.name] ?? "unknown"))
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
