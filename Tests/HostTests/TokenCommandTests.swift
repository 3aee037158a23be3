import FaultTesting
import Testing

@Suite(.serialized) struct `lakoo token` {
  private static let user = "018f2f5e-7b1a-7c3d-9e4f-0123456789ab"

  @Test func `prints a token that the gateway takes`() throws {
    let host = try SharedHost.running.get()
    let printed = try host.run(["token", "--user", Self.user, "--role", "seller"])
    #expect(printed.status == 0)
    let token = printed.output.split(separator: "\n").joined()
    let reply = try HTTP.get(
      host.port(.gateway), "/notifications", headers: ["authorization": "Bearer \(token)"])
    #expect(reply.status == 200, "\(reply.text)")
  }

  @Test func `signs nothing for production, and nothing that no gateway takes`() throws {
    let host = try SharedHost.running.get()
    let refused = try host.run(["token", "--user", Self.user], ["LAKOO_MODE": "production"])
    #expect(refused.status == 2)
    #expect(refused.output.contains("for development only"))
    for wrong in [
      ["--user", "me"], ["--user", Self.user, "--role", "emperor"], ["--user", Self.user, "--minutes", "61"],
    ] {
      #expect(try host.run(["token"] + wrong).status != 0)
    }
  }
}
