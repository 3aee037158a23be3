/// Where the host sends its traces, if anywhere.
public struct TracesManifest: Sendable, Hashable {
  /// The base URL of an OpenTelemetry collector that takes OTLP over HTTP.
  public var endpoint: String?
  /// Percent of the traces that begin here.
  public var sample: Int?
  /// What the host is called there.
  public var service: String?

  public init() {}
}

extension Fields {
  /// Reads `traces: { endpoint: "http://localhost:4318", sample: 10%, service: lakoo }`.
  func readTraces() -> TracesManifest {
    var traces = TracesManifest()
    guard let fields = fields("traces", keys: ["endpoint", "sample", "service"]) else { return traces }
    fields.require("endpoint", example: "http://localhost:4318")
    traces.endpoint = fields.read("endpoint", baseURL)
    traces.sample = fields.read("sample", share)
    traces.service = fields.read("service", Names.bundle)
    return traces
  }
}

private func share(_ text: String) throws(Mistake) -> Int {
  guard text.hasSuffix("%"), let percent = digits(text.dropLast()), (0...100).contains(percent) else {
    throw Mistake("is no share; write it like 10%, from 0% to 100%")
  }
  return percent
}
