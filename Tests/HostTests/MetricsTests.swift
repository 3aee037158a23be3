import FaultTesting
import Foundation
import FunctionKit
import Testing

/// What `GET /metrics` of a host says whose workers come and go.
@Suite(.serialized) struct `The metrics` {
  private func metrics(_ host: RunningHost) throws -> [String: Double] {
    let reply = try HTTP.get(host.port(.admin), "/metrics", headers: HTTP.admin)
    #expect(reply.status == 200)
    #expect(reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    return try samples(reply.text)
  }

  /// Every sample by its name and labels, as format 0.0.4 has it.
  private func samples(_ text: String) throws -> [String: Double] {
    var (samples, types) = ([String: Double](), Set<String>())
    for line in text.split(separator: "\n") {
      if let match = line.wholeMatch(of: /# TYPE (\S+) (counter|gauge|histogram)/) {
        #expect(types.insert(String(match.1)).inserted, "\(line)")
      }
      if line.hasPrefix("#") { continue }
      let label = #"[a-z_]+="(?:[^"\\\n]|\\["\\n])*""#
      let sample = try Regex("([a-z_]+)(?:\\{\(label)(?:,\(label))*\\})? [0-9.e+-]+")
      let name = try #require(line.wholeMatch(of: sample)?.output[1].substring, "\(line)")
      #expect(types.contains(String(name).replacing(/_(bucket|sum|count)$/, with: "")) || types.contains(String(name)))
      let space = try #require(line.lastIndex(of: " "))
      #expect(
        samples.updateValue(try #require(Double(line[line.index(after: space)...])), forKey: String(line[..<space]))
          == nil)
    }
    return samples
  }

  private func runs(_ metrics: [String: Double], _ function: String, _ outcome: String) -> Double? {
    metrics[
      #"lakoo_function_runs_total{bundle="crash",function="\#(function)",trigger="endpoint",outcome="\#(outcome)"}"#]
  }

  @Test func `are of all workers together, those that have ended included`() throws {
    let host = try RunningHost(root: RunningHost.projectRoot() + "/Tests/CrashFunctions")
    defer { host.cleanUp() }
    try host.start()
    for _ in 0..<3 { #expect(try HTTP.send(host.port(.crash), "POST", "/add").status == 200) }
    #expect(try runs(metrics(host), "AddMoney", "2xx") == 3)

    let before = host.workers
    #expect(try HTTP.send(host.port(.crash), "POST", "/take", body: #"{"from":[1],"place":7}"#).status == 500)
    try waitUntil("the worker that crashed has gone", seconds: 30) { !before.allSatisfy(host.workers.contains) }
    #expect(try HTTP.send(host.port(.crash), "POST", "/add").status == 200)
    let after = try metrics(host)
    #expect(runs(after, "AddMoney", "2xx") == 4)
    #expect(runs(after, "TakeMoney", "5xx") == 1)
    let histogram = #"{bundle="crash",function="AddMoney""#
    #expect(after["lakoo_function_duration_seconds_count\(histogram)}"] == 4)
    #expect(after[#"lakoo_function_duration_seconds_bucket\#(histogram),le="0.25"}"#] == 0)
    #expect(after[#"lakoo_function_duration_seconds_bucket\#(histogram),le="+Inf"}"#] == 4)
    #expect(after.keys.contains { $0.hasPrefix("lakoo_worker_resident_bytes{") })
  }

  @Test func `are for those who have the admin token`() throws {
    let host = try RunningHost(root: RunningHost.projectRoot() + "/Tests/CrashFunctions")
    defer { host.cleanUp() }
    try host.start()
    #expect(try HTTP.get(host.port(.admin), "/metrics").status == 401)
  }
}
