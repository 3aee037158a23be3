import EventLoop
import FunctionKit
import Glibc
import HTTPClient
import Manifest
import Runtime
import Telemetry

/// Where traces go: the variables that OpenTelemetry has for it win over the host's manifest.
struct TraceSettings {
  private static let endpoints = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"]

  private let variables: [String: String]
  private let manifest: TracesManifest

  init(_ settings: Settings, _ host: HostManifest) {
    variables = settings.variables
    manifest = host.traces
  }

  /// - Throws: ``Refusal`` for what can't be followed.
  static func check(_ variables: [String: String]) throws {
    let shape = /https?:\/\/[A-Za-z0-9.\-_\[\]:]+(\/[A-Za-z0-9._~!\/-]*)?/
    for name in endpoints {
      guard let url = set(name, variables), url.wholeMatch(of: shape) == nil else { continue }
      throw Refusal("\(name) is '\(url)'; set it to a URL such as http://localhost:4318, or unset it", exitCode: 2)
    }
    if let form = set("OTEL_EXPORTER_OTLP_PROTOCOL", variables), !form.hasPrefix("http/") {
      throw Refusal(
        "OTEL_EXPORTER_OTLP_PROTOCOL is '\(form)', but traces are sent over HTTP; set it to http/json, and the endpoint "
          + "to the collector's HTTP port, which usually is 4318", exitCode: 2)
    }
    if let ratio = set("OTEL_TRACES_SAMPLER_ARG", variables), !(Double(ratio).map((0...1).contains) ?? false) {
      throw Refusal("OTEL_TRACES_SAMPLER_ARG is '\(ratio)'; set it to a number from 0 to 1", exitCode: 2)
    }
  }

  /// - Returns: nil when nobody collects traces.
  func tracer(_ loop: EventLoop, _ log: HostLog) throws -> Tracer? {
    guard let url else { return nil }
    let collector = Collector(url: url, headers: headers, ratio: ratio, resource: resource)
    let client = try HTTPClient(loop: loop, allowedOrigins: [UpstreamAddresses.origin(url)], connectionsPerHost: 1)
    return Tracer(loop, collector, client: client) { log.host(.warning, $0) }
  }

  private var url: String? {
    if let whole = value(TraceSettings.endpoints[0]) { return whole }
    guard let base = value(TraceSettings.endpoints[1]) ?? manifest.endpoint else { return nil }
    return (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/v1/traces"
  }

  private var ratio: Double {
    value("OTEL_TRACES_SAMPLER_ARG").flatMap { Double($0) } ?? Double(manifest.sample ?? 100) / 100
  }

  /// `api-key=abc,tenant=x`, as OpenTelemetry writes them.
  private var headers: [(String, String)] {
    (value("OTEL_EXPORTER_OTLP_HEADERS") ?? "").split(separator: ",").compactMap { pair in
      let parts = pair.split(separator: "=", maxSplits: 1).map { percentDecoded($0.drop { $0 == " " }) }
      return parts.count == 2 ? (parts[0].lowercased(), parts[1]) : nil
    }
  }

  private var resource: [(String, SpanValue)] {
    [
      ("service.name", .text(value("OTEL_SERVICE_NAME") ?? manifest.service ?? "lakoo")),
      ("service.version", .text(Version.current)), ("service.instance.id", .text(Runner.name)),
      ("process.pid", .number(Int(getpid()))), ("telemetry.sdk.language", .text("swift")),
      ("telemetry.sdk.name", .text("lakoo")),
    ]
  }

  private func value(_ name: String) -> String? { TraceSettings.set(name, variables) }

  /// An empty variable is one that is not set.
  private static func set(_ name: String, _ variables: [String: String]) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
