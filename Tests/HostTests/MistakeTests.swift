import FaultTesting
import Foundation
import Testing

/// A host that is set up wrongly says all that is wrong, and does nothing.
@Suite struct `Set-up mistakes` {
  @Test func `every mistake of every manifest is printed with its place, and nothing listens`() throws {
    let root = try copyOfProject()
    defer { try? FileManager.default.removeItem(atPath: root) }
    try replace("access: public", with: "acess: public", in: "\(root)/manifests/address.yaml")
    try replace("GetRegion:", with: "GetRegoin:", in: "\(root)/manifests/address.yaml")
    try replace("*/5 * * * *", with: "*/5 * * *", in: "\(root)/manifests/payment.yaml")
    try replace("verify: xendit", with: "verify: xndit", in: "\(root)/manifests/payment.yaml")
    let (status, output) = try lakoo(["run", "--root", root])
    #expect(status == 2)
    let lines = output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("address.yaml:") && $0.contains("did you mean 'access'?") }, "\(output)")
    #expect(lines.contains { $0.hasPrefix("payment.yaml:") && $0.contains("*/5 * * *") }, "\(output)")
    #expect(lines.contains { $0.hasPrefix("payment.yaml:") && $0.contains("did you mean 'xendit'?") }, "\(output)")
    #expect(!output.contains("listening"))
  }

  @Test func `a function that the library lacks is named with its likely spelling`() throws {
    let root = try copyOfProject()
    defer { try? FileManager.default.removeItem(atPath: root) }
    try replace("GetRegion:", with: "GetRegoin:", in: "\(root)/manifests/address.yaml")
    let (status, output) = try lakoo(["check", "--root", root])
    #expect(status == 2)
    #expect(
      output.contains("no function named 'GetRegoin' in AddressFunctions; did you mean 'GetRegion'?"), "\(output)")
  }

  @Test func `production names every secret that is missing, short or public`() throws {
    let (status, output) = try lakoo(
      ["run"],
      environment: [
        "LAKOO_MODE": "production", "INTERNAL_API_KEY": "short",
        "GATEWAY_SECRET_KEY": "lakoo-development-internal-key-0123456789",
        "XENDIT_SECRET_KEY": "a-value-of-thirty-two-bytes-or-so",
        "LAKOO_ADMIN_TOKEN": "a-value-of-thirty-two-bytes-or-so",
      ])
    #expect(status == 2)
    #expect(output.contains("secret INTERNAL_API_KEY is shorter than 32 bytes"))
    #expect(output.contains("secret JWT_SECRET is missing"))
    #expect(output.contains("secret GATEWAY_SECRET_KEY has a development value"))
    #expect(output.contains("secret XENDIT_CALLBACK_TOKEN is missing"), "\(output)")
    #expect(output.contains("secrets LAKOO_ADMIN_TOKEN and XENDIT_SECRET_KEY have the same value"), "\(output)")
  }

  @Test func `what deliveries are verified with is told with its place, and the secret of before is held to the same`()
    throws
  {
    let long = "a-value-of-thirty-two-bytes-or-so"
    for (values, expected) in [
      ([:], "secret XENDIT_CALLBACK_TOKEN is missing; set the environment variable XENDIT_CALLBACK_TOKEN"),
      (["_PREVIOUS": "short"], "secret XENDIT_CALLBACK_TOKEN_PREVIOUS is shorter than 32 bytes"),
      (
        ["_PREVIOUS": "lakoo-development-xendit-token-0123456789"],
        "secret XENDIT_CALLBACK_TOKEN_PREVIOUS has a development value"
      ),
      (
        ["": long, "_PREVIOUS": long],
        "secrets XENDIT_CALLBACK_TOKEN and XENDIT_CALLBACK_TOKEN_PREVIOUS have the same value"
      ),
    ] {
      let variables = Dictionary(uniqueKeysWithValues: values.map { ("XENDIT_CALLBACK_TOKEN" + $0.key, $0.value) })
      let (status, output) = try lakoo(["run"], environment: variables.merging(["LAKOO_MODE": "production"]) { $1 })
      #expect(status == 2)
      let line = output.split(separator: "\n").first { $0.contains(expected) }
      #expect(line?.hasPrefix("payment.yaml:") == expected.hasPrefix("secret "), "\(output)")
    }
    let (_, output) = try lakoo(
      ["run"], environment: ["LAKOO_MODE": "production", "XENDIT_CALLBACK_TOKEN_PREVIOUS": ""])
    #expect(!output.contains("PREVIOUS"), "an empty one is none")
  }

  @Test func `a secret of a form that its scheme has not is refused, in development, too`() throws {
    let root = try copyOfProject()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let manifest = "\(root)/manifests/payment.yaml"
    try replace("verify: xendit", with: "verify: { scheme: standard-webhooks, secret: HOOK_SECRET }", in: manifest)
    try replace("XENDIT_CALLBACK_TOKEN]", with: "HOOK_SECRET]", in: manifest)
    let right = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    for (secrets, expected) in [
      ([:], "secret HOOK_SECRET is missing"),
      (["HOOK_SECRET": "plain"], "secret HOOK_SECRET is not whsec_ followed by base64"),
      (["HOOK_SECRET": right, "HOOK_SECRET_PREVIOUS": "plain"], "secret HOOK_SECRET_PREVIOUS is not whsec_"),
      (["HOOK_SECRET": right, "HOOK_SECRET_PREVIOUS": right], "bundles are in order"),
    ] {
      let (status, output) = try lakoo(["check", "--root", root], environment: secrets)
      #expect((status == 0) == (secrets.count == 2 && secrets["HOOK_SECRET_PREVIOUS"] == right))
      let line = output.split(separator: "\n").first { $0.contains(expected) }
      #expect(line?.hasPrefix("payment.yaml:") == expected.hasPrefix("secret "), "\(output)")
      #expect(!output.contains("plain"))
    }
  }

  @Test func `a setting that makes no sense is named`() throws {
    let (status, output) = try lakoo(["run"], environment: ["LAKOO_PORT_BASE": "many"])
    #expect(status == 2)
    #expect(output == "LAKOO_PORT_BASE is 'many'; set it to a number from 0 to 50000\n")
  }

  @Test func `a service's address that is no URL is named`() throws {
    let (status, output) = try lakoo(["check"], environment: ["ADDRESS_SERVICE_URL": "address:3010"])
    #expect(status == 2)
    #expect(output.hasPrefix("ADDRESS_SERVICE_URL is 'address:3010'; set it to a URL"), "\(output)")
  }

  @Test func `a service that is nowhere is refused, and one with an address is not`() throws {
    let root = try copyOfProject()
    defer { try? FileManager.default.removeItem(atPath: root) }
    try replace(
      "outbound: [xendit, merchant]", with: "outbound: [xendit, merchant]\n  services: [courier]",
      in: "\(root)/manifests/sandbox.yaml")
    let (status, output) = try lakoo(["check", "--root", root])
    #expect(status == 2)
    let lines = try String(contentsOfFile: "\(root)/manifests/sandbox.yaml", encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("[courier]") }) + 1
    #expect(output.contains("sandbox.yaml:\(line):14: bundle sandbox needs the service 'courier'"), "\(output)")
    let elsewhere = ["COURIER_SERVICE_URL": "http://127.0.0.1:3099"]
    #expect(try lakoo(["check", "--root", root], environment: elsewhere).0 == 0)
  }

  private func lakoo(_ arguments: [String], environment: [String: String] = [:]) throws -> (Int32, String) {
    let output = "/tmp/lakoo-mistake-\(UUID().uuidString).txt"
    defer { try? FileManager.default.removeItem(atPath: output) }
    let root = arguments.contains("--root") ? [] : ["--root", RunningHost.projectRoot()]
    let program = try Program(
      RunningHost.buildDirectory + "/lakoo", arguments + root,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, output: output)
    let status = program.wait()
    return (status, try String(contentsOfFile: output, encoding: .utf8))
  }

  private func copyOfProject() throws -> String {
    let root = "/tmp/lakoo-mistake-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: RunningHost.projectRoot() + "/manifests", toPath: root + "/manifests")
    return root
  }

  private func replace(_ text: String, with other: String, in file: String) throws {
    let before = try String(contentsOfFile: file, encoding: .utf8)
    try #require(before.contains(text))
    try before.replacingOccurrences(of: text, with: other).write(toFile: file, atomically: true, encoding: .utf8)
  }
}
