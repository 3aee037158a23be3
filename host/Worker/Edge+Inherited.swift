import FunctionKit
import Gateway
import Manifest
import RateLimits
import Runtime

extension Edge {
  /// The public door, with the table of rate limits that all workers share, and the Redis that all hosts do.
  static func inherited(_ host: HostManifest, _ services: HostServices, _ redis: RedisAddress?) -> Edge {
    let usual: AccessLogPolicy = services.environment.isProduction ? .errors : .off
    let accessLog = AccessLog(services.loop, host.accessLog ?? usual)
    do {
      let rates = try RateTable(inherited: Descriptors.rateLimits)
      let shared = redis.map { SharedRates(services.loop, $0) { [log = services.log] in log.host(.warning, $0) } }
      return Edge(host, rates: rates, sharedRates: shared, accessLog: accessLog)
    } catch {
      services.log.host(.error, "requests are not counted, and no rate is limited: \(error)")
      return Edge(host, accessLog: accessLog)
    }
  }
}
