import FunctionKit
import Gateway
import Manifest
import RateLimits
import Runtime

extension Edge {
  /// The public door, with the table of rate limits that all workers share.
  static func inherited(_ host: HostManifest, _ services: HostServices) -> Edge {
    let usual: AccessLogPolicy = services.environment.isProduction ? .errors : .off
    let accessLog = AccessLog(services.loop, host.accessLog ?? usual)
    do {
      return Edge(host, rates: try RateTable(inherited: Descriptors.rateLimits), accessLog: accessLog)
    } catch {
      services.log.host(.error, "requests are not counted, and no rate is limited: \(error)")
      return Edge(host, accessLog: accessLog)
    }
  }
}
