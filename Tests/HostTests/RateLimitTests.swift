import FaultTesting
import Foundation
import Testing

/// Limits of rates in a host of two workers.
@Suite(.serialized) struct `A host's rate limits` {
  private static let route = "GET /provinces,                access: public"

  private func statuses(_ host: RunningHost, _ requests: Int) throws -> [Int] {
    try (0..<requests).map { _ in try HTTP.get(host.port(.gateway), "/provinces").status }
  }

  @Test func `are counted by all workers together, and outlive each of them`() throws {
    let copy = try ProjectCopy()
    try copy.replace(
      Self.route, with: "\(Self.route), rateLimit: { by: address, requests: 20, per: 1h }", in: "manifests/address.yaml"
    )
    let host = try RunningHost(root: copy.root, environment: ["LAKOO_WORKERS": "2"])
    defer { host.cleanUp() }
    try host.start()
    #expect(try statuses(host, 12) == Array(repeating: 200, count: 12))
    let before = host.workers
    for worker in before { kill(worker, SIGKILL) }
    try waitUntil("service resumes", seconds: 90) {
      host.workers.count == 2 && Set(host.workers).isDisjoint(with: before)
        && (try? HTTP.get(host.port(.gateway), "/health"))?.status == 200
    }
    #expect(try statuses(host, 10) == Array(repeating: 200, count: 8) + [429, 429])
    try host.advanceClock(seconds: 3600)
    #expect(try statuses(host, 1) == [200])
  }
}
