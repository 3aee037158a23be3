import Deployment
import FunctionKit
import Gateway
import HTTPServer

/// What operators ask of deployments: `lakoo deploy`, `rollback`, `releases` and their like talk to these.
struct DeployRoutes: Sendable {
  let deployer: Deployer
  let fleet: Fleet
  /// Bytes of the largest bundle file that is taken.
  private static let largest = 256 << 20

  var adminRoutes: [AdminRoute] {
    [
      AdminRoute(.post, "/deploy", bodyLimit: DeployRoutes.largest) { request in
        try await Reply(self.deployer.deploy(self.upload(request)))
      },
      AdminRoute(.post, "/releases", bodyLimit: DeployRoutes.largest) { request in
        try Reply(self.deployer.receive(request.body))
      },
      AdminRoute(.get, "/releases") { (input: Named) in Reply(self.deployer.releases(of: input.bundle)) },
      AdminRoute(.post, "/rollback") { (input: WayBack) in try await Reply(self.deployer.rollback(input.bundle, to: input.to)) },
      AdminRoute(.post, "/promote") { (input: OfBundle) in try await Reply(self.deployer.promote(input.bundle)) },
      AdminRoute(.post, "/abort") { (input: OfBundle) in try await Reply(self.deployer.abort(input.bundle)) },
      AdminRoute(.get, "/deployment") { (_: Nothing) in Reply(self.status) },
      AdminRoute(.get, "/deployment/file") { (_: Nothing) in try Reply(self.deployer.file()) },
      AdminRoute(.post, "/deployment/file") { (input: DeploymentFile) in try await Reply(self.deployer.apply(input)) },
      AdminRoute(.get, "/quarantine") { (_: Nothing) in Reply(self.quarantined) },
      AdminRoute(.post, "/quarantine/lift") { (input: CrashLedger.Function) in
        try self.fleet.crashes.lift(input)
        return Reply(self.quarantined)
      },
    ]
  }

  private func upload(_ request: EndpointRequest) throws -> Deployer.Upload {
    struct Query: Decodable {
      var release: String?
      var percent: Int?
      var dryRun: Bool?
    }
    let decoder = InputDecoder(path: request.path, query: request.query, body: nil)
    let query = try decoder.decode(Query.self)
    return Deployer.Upload(
      file: request.body, release: query.release, percent: query.percent, isDryRun: query.dryRun ?? false)
  }

  struct Nothing: Decodable {}
  struct Named: Decodable { var bundle: String? }
  struct OfBundle: Decodable { var bundle: String }

  struct WayBack: Decodable {
    var bundle: String
    var to: String?
  }
}
