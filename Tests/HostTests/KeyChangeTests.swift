import FaultTesting
import Foundation
import Testing
import TokenTesting

/// What a host takes while one secret or key takes the place of another.
@Suite(.serialized) struct `A host whose keys change` {
  private static let user = "018f2f5e-7b1a-7c3d-9e4f-0123456789ab"

  /// Whoever proves something with the key, and where.
  private static let proofs:
    [(setting: String, key: String, door: Door, headers: @Sendable (String) -> [String: String])] = [
      ("JWT_SECRET", "lakoo-development-jwt-secret-0123456789", .gateway, { bearing($0) }),
      (
        "GATEWAY_SECRET_KEY", "lakoo-development-gateway-key-0123456789", .hello,
        { ["x-gateway-key": $0, "x-user-id": user] }
      ),
      (
        "INTERNAL_API_KEY", "lakoo-development-internal-key-0123456789", .hello, { ["x-internal-api-key": $0] }
      ),
    ]

  private static func bearing(_ secret: String) -> [String: String] {
    let token = TestToken(at: Int64(Date().timeIntervalSince1970), user: user)
    return ["authorization": "Bearer \(token.signed(secret))"]
  }

  private func expect(_ host: RunningHost, takesOld: Bool) throws {
    for proof in Self.proofs {
      for (key, isTaken) in [(proof.key, true), (old(proof.setting), takesOld), ("another-\(proof.key)", false)] {
        let reply = try HTTP.get(host.port(proof.door), "/hello", headers: proof.headers(key))
        #expect(reply.status == (isTaken ? 200 : 401), "\(proof.setting), \(key): \(reply.text)")
      }
    }
  }

  private func old(_ setting: String) -> String { "the-\(setting)-of-before-0123456789-0123456789" }

  @Test func `takes the ones of before as well, while the environment has them`() throws {
    let project = try ProjectCopy.ofCrashes()
    try project.replace("access: public", with: "access: [user, internal]", in: "manifests/hello.yaml")
    let host = try RunningHost(root: project.root)
    defer { host.cleanUp() }
    for proof in Self.proofs { host.set(proof.setting + "_PREVIOUS", to: old(proof.setting)) }
    try host.start()
    try expect(host, takesOld: true)
    host.stop()
    for proof in Self.proofs { host.set(proof.setting + "_PREVIOUS", to: nil) }
    try host.start()
    try expect(host, takesOld: false)
  }

  @Test func `reads the published ones anew at SIGHUP`() throws {
    let project = try ProjectCopy.ofCrashes()
    let root = project.root
    try project.replace("access: public", with: "access: user", in: "manifests/hello.yaml")
    try project.write("manifests/host.yaml") { "\($0)auth: { keys: \(root)/keys.json }\n" }
    try project.write("keys.json") { _ in #"{"keys":[\#(PublishedKeys.ec)]}"# }
    let host = try RunningHost(root: project.root)
    defer { host.cleanUp() }
    try host.start()
    try host.advanceClock(seconds: Int(PublishedKeys.issuedAt) + 60 - Int(Date().timeIntervalSince1970))
    func status(_ token: String) throws -> Int {
      try HTTP.get(host.port(.gateway), "/hello", headers: ["authorization": "Bearer \(token)"]).status
    }
    #expect(try status(PublishedKeys.es256) == 200)
    #expect(try status(PublishedKeys.rs256) == 401)
    try project.write("keys.json") { _ in #"{"keys":[\#(PublishedKeys.rsa)]}"# }
    host.signal(SIGHUP)
    try waitUntil("the new keys are live") { host.output.contains("reloaded: new workers serve") }
    try waitUntil("the workers of before have gone") { try status(PublishedKeys.es256) == 401 }
    #expect(try status(PublishedKeys.rs256) == 200)
    try project.write("keys.json") { _ in "{}" }
    host.signal(SIGHUP)
    try waitUntil("the mistake is told") { host.output.contains("keys.json is no JWK Set") }
    #expect(try status(PublishedKeys.rs256) == 200)
  }
}
