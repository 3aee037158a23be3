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
      upload("/deploy") { try await self.deployer.deploy(self.upload($0)) },
      upload("/diff") { try self.deployer.difference(self.deployer.receive($0.body)) },
      upload("/releases") { try self.deployer.receive($0.body) },
      change("/rollback") { (input: WayBack) in try await self.deployer.rollback(input.bundle, to: input.to) },
      change("/promote") { (input: OfBundle) in try await self.deployer.promote(input.bundle) },
      change("/abort") { (input: OfBundle) in try await self.deployer.abort(input.bundle) },
      change("/deployment/file") { (input: DeploymentFile) in try await self.deployer.apply(input) },
      AdminRoute(.get, "/releases") { (input: Named) in Reply(self.deployer.releases(of: input.bundle)) },
      AdminRoute(.get, "/deployment") { (_: Nothing) in Reply(self.status) },
      AdminRoute(.get, "/deployment/file") { (_: Nothing) in try Reply(self.deployer.file()) },
      AdminRoute(.get, "/quarantine") { (_: Nothing) in Reply(self.quarantined) },
      AdminRoute(.post, "/quarantine/lift") { (input: CrashLedger.Function) in
        try self.fleet.crashes.lift(input)
        return Reply(self.quarantined)
      },
    ]
  }

  /// A route that takes a bundle file.
  private func upload<Output: Encodable & Sendable>(
    _ path: String, _ work: @escaping @Sendable (EndpointRequest) async throws -> Output
  ) -> AdminRoute {
    AdminRoute(.post, path, bodyLimit: DeployRoutes.largest) { request in
      do { return try await Reply(work(request)) } catch { throw Problem.ofDeploy(error) }
    }
  }

  /// A route that changes what is live.
  private func change<Input: Decodable & SendableMetatype, Output: Encodable & Sendable>(
    _ path: String, _ work: @escaping @Sendable (Input) async throws -> Output
  ) -> AdminRoute {
    AdminRoute(.post, path) { (input: Input) in
      do { return try await Reply(work(input)) } catch { throw Problem.ofDeploy(error) }
    }
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
