import EventLoop
import FunctionKit
import Gateway
import HTTPClient
import Manifest
import Runtime

extension Readiness {
  /// - Parameter root: the folder that the worker runs from.
  convenience init(_ loop: EventLoop, _ bundles: [LoadedBundle], _ remotes: Remotes, root: String) {
    var checks: [@Sendable () async -> FieldError?] = []
    for bundle in bundles { checks.append(SchemaCheck(bundle: bundle, root: root).reason) }
    // Without a release on trial the live one answers.
    for bundle in remotes.bundles where bundle.percent == nil { checks.append { await remotes.reason(bundle) } }
    self.init(loop, checks)
  }
}

extension Remotes {
  /// Any answer will do: whether its database is well is asked from here.
  fileprivate func reason(_ bundle: RemoteBundle) async -> FieldError? {
    var request = HTTPRequest(url: "http://\(bundle.manifest.name)/health", timeout: .seconds(1))
    request.socketPath = bundle.socketPath
    do {
      _ = try await client.send(request)
      return nil
    } catch {
      return FieldError(field: bundle.manifest.name, message: "has no worker that answers", code: "no_worker")
    }
  }
}
