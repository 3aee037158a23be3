import Glibc
import Manifest
import RateLimits

/// What the environment says about this host.
struct Settings: Sendable {
  var root: String
  var isProduction: Bool
  /// Added to every port, so that two hosts share a machine.
  var portBase: Int
  /// The address that all ports listen on.
  var address: String
  var stateDirectory: String
  var logsJSON: Bool
  /// How many workers there are; nil leaves that to the host's manifest.
  var workers: Int?
  /// Where bundles' libraries are: beside the program.
  var libraryDirectory: String
  var variables: [String: String]

  static func read(root: String, variables: [String: String] = processEnvironment()) throws -> Settings {
    let mode = variables["LAKOO_MODE"] ?? "development"
    guard mode == "development" || mode == "production" else {
      throw Refusal("LAKOO_MODE is '\(mode)'; set it to development or production", exitCode: 2)
    }
    let log = variables["LAKOO_LOG"] ?? (mode == "production" ? "json" : "text")
    guard log == "json" || log == "text" else {
      throw Refusal("LAKOO_LOG is '\(log)'; set it to json or text", exitCode: 2)
    }
    let base = try number(variables, "LAKOO_PORT_BASE", in: 0...50_000)
    let workers = try number(variables, "LAKOO_WORKERS", in: 1...256)
    let address = variables["LAKOO_ADDRESS"] ?? "127.0.0.1"
    guard isAddress(address) else {
      throw Refusal("LAKOO_ADDRESS is '\(address)'; set it to an IPv4 or IPv6 address", exitCode: 2)
    }
    for (name, url) in variables where name.hasSuffix("_BASE_URL") || name.hasSuffix("_SERVICE_URL") {
      guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
        throw Refusal("\(name) is '\(url)'; set it to a URL such as https://api.example.com, or unset it", exitCode: 2)
      }
    }
    try TraceSettings.check(variables)
    _ = try redis(variables)
    let root = absolutePath(root)
    return Settings(
      root: root, isProduction: mode == "production", portBase: base ?? 0,
      address: address,
      stateDirectory: absolutePath(variables["LAKOO_STATE"] ?? "\(root)/.lakoo"), logsJSON: log == "json",
      workers: workers,
      libraryDirectory: programDirectory(), variables: variables)
  }

  /// Where hosts count requests together, when they do.
  var redis: RedisAddress? { get throws { try Settings.redis(variables) } }

  private static func redis(_ variables: [String: String]) throws -> RedisAddress? {
    guard let url = variables["LAKOO_REDIS_URL"], !url.isEmpty else { return nil }
    do { return try RedisAddress(url) } catch { throw Refusal("LAKOO_REDIS_URL \(error)", exitCode: 2) }
  }

  /// The database URL of a bundle, when one is set: `PAYMENT_DATABASE_URL`.
  func databaseURL(_ bundle: String) -> String? {
    let name = Settings.variable(bundle, "DATABASE_URL")
    return variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  func baseURL(_ upstream: String) -> String? { variables[Settings.variable(upstream, "BASE_URL")] }

  /// Where a service is when it is not in this deployment: `ADDRESS_SERVICE_URL`.
  func serviceURL(_ service: String) -> String? {
    variables[Settings.variable(service, "SERVICE_URL")].map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
  }

  /// What the environment says of the settings that bundles name.
  func values(of manifests: [BundleManifest]) -> [String: String] {
    let names = Set(manifests.flatMap(\.needs.settings.keys))
    return variables.filter { names.contains($0.key) && !$0.value.isEmpty }
  }

  /// Where releases are kept.
  var releaseDirectory: String { "\(stateDirectory)/releases" }

  /// Where the record of what is live is.
  var deploymentDirectory: String { "\(stateDirectory)/deployments" }

  /// Where workers run from, a folder for each generation.
  var runDirectory: String { "\(stateDirectory)/run" }

  /// Where the embedded cluster really is: as root it may be outside of the state directory, which links to it.
  var clusterDirectory: String {
    let link = stateDirectory + "/postgres"
    let path = unsafe realpath(link, nil)
    defer { unsafe free(path) }
    return unsafe path.map { unsafe String(cString: $0) } ?? link
  }

  var isLoopback: Bool { address.hasPrefix("127.") || address == "::1" }

  static func variable(_ name: String, _ suffix: String) -> String {
    name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() + "_" + suffix
  }

  private static func number(_ variables: [String: String], _ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = variables[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Refusal(
        "\(name) is '\(text)'; set it to a number from \(range.lowerBound) to \(range.upperBound)", exitCode: 2)
    }
    return number
  }
}

private func processEnvironment() -> [String: String] {
  var variables: [String: String] = [:]
  var entry = unsafe environ
  while let text = unsafe entry.pointee {
    let parts = unsafe String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
    unsafe entry += 1
  }
  return variables
}

private func isAddress(_ text: String) -> Bool {
  var buffer = [UInt8](repeating: 0, count: 16)
  return unsafe inet_pton(text.contains(":") ? AF_INET6 : AF_INET, text, &buffer) == 1
}

func absolutePath(_ path: String) -> String {
  if path.hasPrefix("/") { return path }
  let directory = unsafe getcwd(nil, 0)
  defer { unsafe free(directory) }
  let current = unsafe directory.map { unsafe String(cString: $0) } ?? "/"
  return path == "." ? current : "\(current)/\(path)"
}

private func programDirectory() -> String {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
  let length = unsafe readlink("/proc/self/exe", &buffer, Int(PATH_MAX))
  let path = String(decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
}
