import FaultTesting
import FunctionKit
import Manifest
import Testing
import TokenTesting

/// Every route of every bundle, asked by everybody who should and should not be let in, over sockets of a host that runs.
@Suite(.serialized) struct `Every route of every bundle` {
  private func host() throws -> RunningHost { try SharedHost.running.get() }

  private static let routes: [AccessRoute] = {
    let set = try? loadManifests(directory: RunningHost.projectRoot() + "/manifests")
    let bundles = set?.bundles ?? []
    return bundles.flatMap(AccessRoute.all) + AccessRoute.compositions(in: bundles)
  }()

  @Test func `is known to this matrix`() {
    #expect(Set(Self.routes.map(\.bundle)) == ["address", "notification", "payment", "sandbox", "wallet"])
    #expect(Self.routes.count >= 28)
    #expect(Self.routes.filter(\.isComposed).map(\.path) == ["/inbox"])
  }

  /// Without those of the sandbox that another bundle has on the gateway, as a provider and its user name things alike.
  private static let seenAtGateway = routes.filter { route in
    route.isAtGateway
      || !routes.contains { $0.isAtGateway && $0.method == route.method && $0.gatewayPath == route.gatewayPath }
  }

  @Test(arguments: seenAtGateway)
  func `lets in at the gateway whoever it should, and nobody else`(route: AccessRoute) throws {
    for sender in AccessSender.atGateway() {
      let reply = try HTTP.send(
        host().port(.gateway), route.method, route.gatewayPath, headers: sender.headers, body: route.body)
      expect(reply, route.isAtGateway ? route.verdict(on: sender.proof) : .notFound, "\(route), \(sender.name)")
    }
  }

  /// The sandbox plays a provider, whose API asks for a key of its own.
  @Test(arguments: routes.filter { !$0.isDevelopmentOnly })
  func `lets in at its own port whoever it should, and nobody else`(route: AccessRoute) throws {
    let port = try host().port(Door(stringLiteral: route.bundle))
    for sender in AccessSender.atService() {
      let reply = try HTTP.send(port, route.method, route.path, headers: sender.headers, body: route.body)
      expect(reply, route.isComposed ? .notFound : route.verdict(on: sender.proof), "\(route), \(sender.name)")
    }
  }

  private func expect(_ reply: HTTP.Reply, _ verdict: AccessVerdict, _ what: Comment) {
    switch verdict {
    case .passes:
      #expect(reply.status != 401 && reply.status != 403 && reply.status != 500, "\(what): \(reply.text)")
      #expect(reply.status != 404 || reply.json["detail"]?.string?.contains("no such route") != true, what)
    case .notFound: #expect(reply.status == 404 || reply.status == 405, what)
    case .refused(let status, let code):
      #expect(reply.status == status && reply.code == code, "\(what): \(reply.status) \(reply.text)")
      #expect(reply.headers["content-type"] == "application/problem+json", what)
      #expect((reply.headers["www-authenticate"] != nil) == (status == 401), what)
    }
  }
}
