import FunctionKit
import Gateway
import Manifest
import RateLimits
import Runtime

extension Edge {
  /// The public door, with the table of rate limits that all workers share.
  static func inherited(_ host: HostManifest, _ log: HostLog) -> Edge {
    do { return Edge(host, rates: try RateTable(inherited: Descriptors.rateLimits)) } catch {
      log.host(.error, "requests are not counted, and no rate is limited: \(error)")
      return Edge(host)
    }
  }
}
