import Crypto
import Foundation
import FunctionKit
import Testing

/// A deployment as a file: written from one host, followed by another.
@Suite struct `A deployment's file` {
  private static let digest = hexString(sha256(Array("the bytes of a bundle".utf8)))
  private static let file = #"""
    {"format": 1, "bundles": {"address": {"release": "aaaaaaaaaaaa", "sha256": "00"},
                              "payment": {"release": "3f2a9c81d04e", "sha256": "\#(digest)"}}}
    """#
  private static let answers = [
    "GET /releases": #"[{"bundle": "address", "release": "aaaaaaaaaaaa"}]"#, "POST /releases": "{}",
    "POST /deployment/file": #"{"number": 4}"#, "GET /deployment/file": file,
  ]

  @Test func `is printed, or written where one says`() async throws {
    try await withAdmin(Self.answers) { admin in
      let printed = try await admin.lakoo(["deployment", "export"])
      #expect(try JSON.parse(Array(printed.output.utf8)) == JSON.parse(Array(Self.file.utf8)))
      let path = admin.folder + "/live.json"
      let written = try await admin.lakoo(["deployment", "export", "-o", path])
      #expect(
        written.output == "the live releases are in \(path); 'lakoo deployment apply \(path)' makes a host follow it\n")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == printed.output)
      let nowhere = try await admin.lakoo(["deployment", "export", "-o", "/no/live.json"])
      #expect(nowhere == CommandOutcome(2, "can't write /no/live.json: No such file or directory\n"))
    }
  }

  @Test func `brings what the host lacks, and then has it followed`() async throws {
    try await withAdmin(Self.answers) { admin in
      let path = try admin.save("live.json", Self.file)
      _ = try admin.save("payment-3f2a9c81d04e.bundle", "the bytes of a bundle")
      let outcome = try await admin.lakoo(["deployment", "apply", path, "--bundles", admin.folder])
      #expect(
        outcome.output == """
          deployment 4 is live as \(path) has it
          BUNDLE   RELEASE
          address  aaaaaaaaaaaa
          payment  3f2a9c81d04e

          """)
      #expect(admin.asked.map(\.what) == ["GET /releases", "POST /releases", "POST /deployment/file"])
      #expect(admin.asked[1].body == "the bytes of a bundle")
      #expect(try JSON.parse(Array(admin.asked[2].body.utf8)) == JSON.parse(Array(Self.file.utf8)))
    }
  }

  @Test func `brings nothing when one of the files is missing or another one`() async throws {
    try await withAdmin(Self.answers) { admin in
      let path = try admin.save("live.json", Self.file)
      let missing = try await admin.lakoo(["deployment", "apply", path, "--bundles", admin.folder])
      #expect(missing.status == 2)
      let name = "\(admin.folder)/payment-3f2a9c81d04e.bundle"
      #expect(
        missing.output.hasPrefix("\(name) is missing and the host lacks it, too; make it with 'lakoo build payment'"))
      _ = try admin.save("payment-3f2a9c81d04e.bundle", "other bytes")
      let other = try await admin.lakoo(["deployment", "apply", path, "--bundles", admin.folder])
      #expect(other.status == 2)
      #expect(
        other.output == "\(name) is not the file that the deployment names; its SHA-256 should be \(Self.digest)\n")
      #expect(admin.asked.allSatisfy { $0.what == "GET /releases" })
    }
  }

  @Test(arguments: [
    ("bundles: {}", "is no deployment file: "), ("{}", "is no deployment file; 'lakoo deployment export -o "),
    (#"{"bundles": {"payment": {"release": "3f2a9c81d04e"}}}"#, ": bundle payment needs its release and sha256"),
  ]) func `is refused when it is none`(text: String, reason: String) async throws {
    try await withAdmin(Self.answers) { admin in
      let path = try admin.save("live.json", text)
      let outcome = try await admin.lakoo(["deployment", "apply", path])
      #expect(outcome.status == 2)
      #expect(outcome.output.hasPrefix("\(path)\(reason.hasPrefix(":") ? "" : " ")\(reason)"), "\(outcome.output)")
      #expect(admin.asked == [])
    }
  }
}
